"""What goes out unasked: posters and leaflets, the weekly digest, news of changes, quizzes. Everything from records."""
