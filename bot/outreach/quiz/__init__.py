"""Quizzes drafted from records and plans by rule, reviewed by a person, scored by rules that are told beforehand."""
