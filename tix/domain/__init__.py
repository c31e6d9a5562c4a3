"""What a help desk is: values in, values or events out, and no input or output."""
