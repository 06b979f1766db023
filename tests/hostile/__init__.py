"""Files made to stall, swell, crash or mislead whoever reads them."""
