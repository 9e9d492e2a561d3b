"""Counting without Django: what a line says, who is a robot, which days a period has."""
