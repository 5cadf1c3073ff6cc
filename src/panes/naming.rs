//! The names that the user gives to what is kept.

/// Takes a name of 1 to so many characters.
///
/// # Errors
/// A sentence that says what a name has to be.
pub(super) fn check_name(name: &str, longest: usize) -> Result<(), String> {
    if name.is_empty() || name.chars().count() > longest {
        return Err(format!("give 1 to {longest} characters"));
    }
    Ok(())
}
