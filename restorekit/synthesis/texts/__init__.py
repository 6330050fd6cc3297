"""What is printed and written: sentences, exercises and their answers, numbers and sums."""
