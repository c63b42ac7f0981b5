"""Practice: customers from scripted scenarios, who answer by rules what is sent to them."""
