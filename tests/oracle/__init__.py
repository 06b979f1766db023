"""A second answer to every question, computed plainly, that the program must agree with."""
