"""What reports ask of a desk."""
