//! What each background job does, given an AWS session and the data store.
