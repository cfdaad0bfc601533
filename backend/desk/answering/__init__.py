"""What helps a person at the desk to answer: canned replies, and answers that the FAQ has already."""
