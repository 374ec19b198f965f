//! When a long run makes what it has read count: a kill loses a minute's work, not an hour's.

use std::time::{Duration, Instant};

/// After how much work a run commits. It does so between two files, never within one.
#[derive(Debug, Clone, Copy)]
pub struct CommitPolicy {
    /// Bytes read.
    pub bytes: u64,
    /// Time passed.
    pub time: Duration,
}

impl Default for CommitPolicy {
    fn default() -> Self {
        Self { bytes: 2 << 30, time: Duration::from_secs(60) }
    }
}

/// What has been done since the last commit.
#[derive(Debug)]
pub(super) struct Uncommitted {
    policy: CommitPolicy,
    bytes: u64,
    since: Instant,
}

impl Uncommitted {
    pub fn new(policy: CommitPolicy) -> Self {
        Self { policy, bytes: 0, since: Instant::now() }
    }

    /// So many bytes more have been read.
    pub fn add(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Whether it is time for a commit.
    pub fn is_due(&self) -> bool {
        self.bytes >= self.policy.bytes || self.since.elapsed() >= self.policy.time
    }

    /// There has been one.
    pub fn reset(&mut self) {
        *self = Self::new(self.policy);
    }
}
