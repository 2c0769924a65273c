"""Until when something is due, and between which days a task must be due."""
