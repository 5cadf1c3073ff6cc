//! Text from outside made safe for the terminal, and measured in columns.
