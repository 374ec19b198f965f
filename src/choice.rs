//! Enums whose values have names that people type and read.

/// The enum with all its values in the order in which they are offered, and their names, both ways.
macro_rules! choice {
    (
        $what:literal;
        $(#[$attribute:meta])*
        pub enum $choice:ident { $($(#[$doc:meta])* $value:ident => $name:literal),* $(,)? }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $choice { $($(#[$doc])* $value),* }

        impl $choice {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$value),*];

            /// Its name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$value => $name),* }
            }
        }

        impl std::fmt::Display for $choice {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $choice {
            type Err = String;

            fn from_str(name: &str) -> std::result::Result<Self, String> {
                let named = Self::ALL.iter().copied().find(|value| value.as_str() == name);
                named.ok_or_else(|| format!(concat!("there is no ", $what, " `{}`"), name))
            }
        }
    };
}

pub(crate) use choice;
