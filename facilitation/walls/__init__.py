"""Walls (Ideenwände): one module for each thing that can be done with cards, composed by `facilitation.kinds.wall`.

A module of a subject has its COMMANDS, `decide` (what becomes of one) and `fold` (what a fact changes).
"""
