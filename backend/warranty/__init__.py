"""Where a product's warranty stands, and the register of what was sold to whom."""
