"""The chapters of the demo's day, by what people do in them."""
