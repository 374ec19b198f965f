//! One file per format; what the formats share lives one level up.

pub mod html;
