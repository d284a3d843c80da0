"""Films: pose and script become picture and sound."""
