//! From components to the table of clusters.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::error::Result;
use crate::index::Snapshot;
use crate::near_duplicates::{Text, clusters};

use super::candidates::Candidates;
use super::verification::TextCache;
use super::{ArchiveText, Entry, Table};

/// The components in clusters.
pub(super) fn table(candidates: Candidates, snapshot: &Snapshot) -> Result<Table> {
    let Candidates { texts, mut components, pairs } = candidates;
    drop(pairs);
    let mut by_component: Vec<(u32, u32)> =
        (0..texts.len() as u32).map(|number| (components.find(number), number)).collect();
    by_component.par_sort_unstable();
    let members = by_component.chunk_by(|one, other| one.0 == other.0);
    let has_copies = |number: u32| texts.get(number as usize).is_some_and(|text| text.articles > 1);
    let components = members
        .filter(|members| members.len() > 1 || members.iter().any(|(_, number)| has_copies(*number)))
        .map(|members| members.iter().map(|(_, number)| *number as usize).collect());
    let components: Vec<Vec<usize>> = components.collect();
    drop(by_component);
    let clustered = components.par_iter().map(|members| clusters_of(members, &texts, snapshot));
    let mut table = Table::default();
    for (component, mut clusters) in (0..).zip(clustered.collect::<Result<Vec<_>>>()?) {
        clusters.sort_unstable();
        for members in clusters {
            let articles: u64 =
                members.iter().filter_map(|member| texts.get(*member)).map(|text| text.articles).sum();
            let cluster = (articles > 1).then_some(table.clusters);
            table.clusters += u32::from(cluster.is_some());
            table.clustered += if cluster.is_some() { articles } else { 0 };
            for member in members {
                let Some(text) = texts.get(member) else { continue };
                table.entries.push(Entry { text_hash: text.text_hash, component, cluster });
            }
        }
    }
    table.entries.sort_unstable();
    Ok(table)
}

/// The clusters of a component: those it had, where nothing has come to it.
fn clusters_of(members: &[usize], texts: &[ArchiveText], snapshot: &Snapshot) -> Result<Vec<Vec<usize>>> {
    let mut of_component = members.iter().filter_map(|member| texts.get(*member));
    if of_component.all(|text| !text.is_new && text.before.is_some()) && members.len() > 1 {
        let mut before: FxHashMap<(Option<u32>, usize), Vec<usize>> = FxHashMap::default();
        for member in members {
            let Some(text) = texts.get(*member) else { continue };
            let cluster = text.before.and_then(|(_, cluster)| cluster);
            // Each that is in no cluster is alone.
            let alone = if cluster.is_none() { *member } else { 0 };
            before.entry((cluster, alone)).or_default().push(*member);
        }
        return Ok(before.into_values().collect());
    }
    let mut cache = TextCache::new(snapshot, texts);
    let mut failed = Ok(());
    let found = clusters(members.len(), |one, other| {
        let (Some(one), Some(other)) = (members.get(one), members.get(other)) else { return false };
        cache.compare((*one, *other), Text::can_represent).unwrap_or_else(|error| {
            failed = Err(error);
            false
        })
    });
    failed?;
    let member = |at: usize| members.get(at).copied();
    Ok(found.into_iter().map(|cluster| cluster.into_iter().filter_map(member).collect()).collect())
}
