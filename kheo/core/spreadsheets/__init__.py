"""Reading and writing of tables as officials keep them."""
