//! Settings: command line over environment over file over default.
