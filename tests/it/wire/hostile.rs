//! Answers no one wants: each becomes an error with the right words, and none is asked for twice.
