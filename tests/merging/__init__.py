"""Tests of joining two registrations of one person."""
