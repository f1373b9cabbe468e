"""Ways that people go through the whole of Samtidig: in at one service's door, out on the timeline."""
