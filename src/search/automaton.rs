//! Which terms of a dictionary a wildcard or a misspelling can mean, decided byte by byte while the
//! dictionary is walked, so that what cannot fit is never looked at.
//!
//! A term is a stem and how the exact form differs from it (see [`crate::analysis::term`]). [`OverForms`]
//! lets an automaton over forms run on terms: it remembers the last few states, and goes back to the one
//! where the form leaves the stem.

use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::Automaton;

use crate::analysis::Language;
use crate::analysis::term::{LONGEST_DROP, SEPARATOR};
use crate::query::clause::FoldedPattern;

/// An automaton over folded forms.
pub(super) trait FormAutomaton {
    type State: Copy;
    fn start(&self) -> Self::State;
    fn accept(&self, state: Self::State, byte: u8) -> Self::State;
    fn can_match(&self, state: Self::State) -> bool;
    fn is_match(&self, state: Self::State) -> bool;
}

/// An automaton over forms, run over terms.
pub(super) struct OverForms<A>(pub A);

/// Which part of a term the next byte belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Tag,
    Stem,
    Edit,
    Tail,
    Hyphens,
    Dead,
}

/// Where in a term the walk is.
#[derive(Clone, Copy)]
pub(super) struct Progress<S> {
    part: Part,
    /// Whether the stem's last letter so far has more than one byte.
    wide: bool,
    /// The states after the last bytes of the stem, the latest first.
    recent: [S; LONGEST_DROP + 1],
}

impl<A: FormAutomaton> Automaton for OverForms<A> {
    type State = Progress<A::State>;

    fn start(&self) -> Self::State {
        Progress { part: Part::Tag, wide: false, recent: [self.0.start(); LONGEST_DROP + 1] }
    }

    fn is_match(&self, progress: &Self::State) -> bool {
        matches!(progress.part, Part::Edit | Part::Tail | Part::Hyphens)
            && self.0.is_match(progress.recent[0])
    }

    fn can_match(&self, progress: &Self::State) -> bool {
        match progress.part {
            Part::Tag => true,
            Part::Dead => false,
            // The form may have left the stem before its last letter.
            Part::Stem | Part::Edit => {
                let back = if progress.wide { LONGEST_DROP } else { 1 };
                progress.recent.iter().take(back + 1).any(|state| self.0.can_match(*state))
            }
            Part::Tail | Part::Hyphens => self.0.can_match(progress.recent[0]),
        }
    }

    fn accept(&self, progress: &Self::State, byte: u8) -> Self::State {
        let Progress { part, mut wide, mut recent } = *progress;
        let separates = byte == SEPARATOR as u8;
        let part = match part {
            Part::Tag if Language::from_tag(byte).is_some() => Part::Stem,
            Part::Stem if separates => Part::Edit,
            Part::Edit | Part::Tail if separates => Part::Hyphens,
            Part::Stem => {
                wide = !byte.is_ascii();
                recent.rotate_right(1);
                recent[0] = self.0.accept(recent[1 % recent.len()], byte);
                Part::Stem
            }
            Part::Edit => match byte.checked_sub(b'A').and_then(|drop| recent.get(usize::from(drop))) {
                Some(state) => {
                    recent[0] = *state;
                    Part::Tail
                }
                None => Part::Dead,
            },
            Part::Tail => {
                recent[0] = self.0.accept(recent[0], byte);
                Part::Tail
            }
            Part::Hyphens => Part::Hyphens,
            Part::Tag | Part::Dead => Part::Dead,
        };
        Progress { part, wide, recent }
    }
}

/// Forms at most so many letters off.
pub(super) struct Misspelt(DFA);

impl Misspelt {
    /// `edits` is 1 or 2.
    pub fn new(form: &str, edits: u8) -> Self {
        static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; 2] = [OnceLock::new(), OnceLock::new()];
        let edits = edits.clamp(1, 2);
        let builder = &BUILDERS[usize::from(edits) - 1];
        Self(builder.get_or_init(|| LevenshteinAutomatonBuilder::new(edits, true)).build_dfa(form))
    }
}

impl FormAutomaton for Misspelt {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn accept(&self, state: u32, byte: u8) -> u32 {
        self.0.transition(state, byte)
    }

    fn can_match(&self, state: u32) -> bool {
        state != SINK_STATE
    }

    fn is_match(&self, state: u32) -> bool {
        matches!(self.0.distance(state), Distance::Exact(_))
    }
}

/// Forms that may fit a pattern: what it accepts is to be looked at once more, for patterns that are longer
/// than it holds.
pub(super) struct Fitting {
    steps: Vec<Step>,
    /// A bit for each step with [`Step::Many`].
    many: u128,
}

/// What a step of a pattern takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Byte(u8),
    /// A letter, of as many bytes as it has.
    Letter,
    /// Any bytes.
    Many,
}

/// As many steps as a state has bits, but one for the end.
const MOST_STEPS: usize = 127;

impl Fitting {
    pub fn new(pattern: &FoldedPattern) -> Self {
        let mut steps = Vec::new();
        pattern.each_part(|part| match part {
            Some(Some(letter)) => steps.extend(letter.encode_utf8(&mut [0; 4]).bytes().map(Step::Byte)),
            Some(None) => steps.push(Step::Letter),
            None => steps.push(Step::Many),
        });
        if steps.len() > MOST_STEPS {
            steps.truncate(MOST_STEPS - 1);
            steps.push(Step::Many);
        }
        let bit = |(at, step): (usize, &Step)| if *step == Step::Many { 1 << at } else { 0 };
        let many = steps.iter().enumerate().map(bit).fold(0, |all, bit: u128| all | bit);
        Self { steps, many }
    }

    /// The steps in `state`, and those behind a `Many` that takes nothing. Two never stand side by side.
    fn closed(&self, state: u128) -> u128 {
        state | (state & self.many) << 1
    }
}

impl FormAutomaton for Fitting {
    /// A bit for each step of the pattern that can be reached.
    type State = u128;

    fn start(&self) -> u128 {
        self.closed(1)
    }

    fn accept(&self, state: u128, byte: u8) -> u128 {
        // Acronyms that are words stand in capitals.
        let byte = byte.to_ascii_lowercase();
        let continues = byte & 0xc0 == 0x80;
        let mut next = 0;
        let mut left = state;
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            left &= left - 1;
            match self.steps.get(at) {
                Some(Step::Many) => next |= 1 << at,
                Some(Step::Letter) if !continues => next |= 1 << (at + 1),
                Some(Step::Byte(expected)) if *expected == byte => next |= 1 << (at + 1),
                _ => {}
            }
            // The further bytes of a letter that was taken whole.
            if continues && at.checked_sub(1).and_then(|before| self.steps.get(before)) == Some(&Step::Letter)
            {
                next |= 1 << at;
            }
        }
        self.closed(next)
    }

    fn can_match(&self, state: u128) -> bool {
        state != 0
    }

    fn is_match(&self, state: u128) -> bool {
        state & (1 << self.steps.len()) != 0
    }
}
