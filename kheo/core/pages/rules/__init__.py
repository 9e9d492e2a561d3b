"""What may be kept and what a request asks for. Plain Python."""
