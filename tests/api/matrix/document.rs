//! The fault matrix as docs/faults.md: per request, its faults and their outcomes.
//! Equal rows are merged.

use super::scenario::SCENARIOS;
use super::scene::{Outcome, Strike};
use super::{Cell, Results, sites};
use readonce_tests::document::assert_committed;
use readonce_tests::faults::Fault;
use readonce_tests::wire::Call;
use std::fmt::Write as _;

const PATH: &str = "docs/faults.md";
const INTRODUCTION: &str = include_str!("introduction.md");

/// Compares docs/faults.md with the results.
pub(super) fn assert_is_committed(clean: &Results, once: &Results, again: &Results) {
    let mut sections: Vec<(Vec<&str>, String)> = Vec::new();
    let mut calm = Vec::new();
    for (index, (_, usual)) in clean.iter().enumerate() {
        let name = SCENARIOS[index].name;
        if usual.calls.is_empty() {
            calm.push(name);
            continue;
        }
        let calls: Vec<String> = sites(&usual.calls).iter().map(|(call, _)| quoted(call)).collect();
        let Outcome { answer, left, retry } = &usual.outcome;
        let mut text = format!("Calls: {}.\n\n", calls.join(", "));
        let _ = writeln!(text, "Without a fault: {answer}; leaves {left}; again: {retry}.\n");
        let here = once.iter().filter(|(cell, _)| cell.scenario == index);
        let faults: Vec<_> = here.map(|(cell, played)| (&cell.strikes[0], &played.outcome)).collect();
        text += &table(&sites(&usual.calls), &faults, &usual.outcome);
        text += &consequences(index, once, again);
        match sections.iter_mut().find(|(_, other)| *other == text) {
            Some((names, _)) => names.push(name),
            None => sections.push((vec![name], text)),
        }
    }
    let mut document = INTRODUCTION.to_owned();
    for (names, text) in sections {
        let _ = write!(document, "\n## {}\n\n{text}", capitalised(&names.join("; ")));
    }
    let calm = calm.join("\n- ");
    let _ = writeln!(document, "\n## Requests that make no call\n\nNothing can fail here:\n\n- {calm}");
    assert_committed(PATH, &document);
}

/// Strikes in words, for a message.
pub(super) fn strikes(strikes: &[Strike]) -> String {
    let word = |strike: &Strike| {
        let times = if strike.always { "for good" } else { "once" };
        format!("{} {} {times}", quoted(&strike.call), word(strike.fault))
    };
    strikes.iter().map(word).collect::<Vec<_>>().join(" and ")
}

/// Outcomes of faults in calls that are made only after another fault. Faults with
/// equal outcomes share a line.
fn consequences(scenario: usize, once: &Results, again: &Results) -> String {
    let mut told: Vec<(Vec<String>, String)> = Vec::new();
    for (cell, played) in once.iter().filter(|(cell, _)| cell.scenario == scenario) {
        let first = &cell.strikes[0];
        let of_it: Vec<(&Cell, &Outcome)> = again
            .iter()
            .filter(|(later, _)| later.scenario == scenario && is_same(&later.strikes[0], first))
            .map(|(later, played)| (later, &played.outcome))
            .collect();
        let mut calls: Vec<(Call, usize)> = Vec::new();
        for (later, _) in &of_it {
            let site = (later.strikes[1].call.clone(), later.strikes[1].skip);
            if !calls.contains(&site) {
                calls.push(site);
            }
        }
        if calls.is_empty() {
            continue;
        }
        let faults: Vec<_> = of_it.iter().map(|(later, outcome)| (&later.strikes[1], *outcome)).collect();
        let names: Vec<String> = calls.iter().map(|(call, _)| quoted(call)).collect();
        let Outcome { answer, left, retry } = &played.outcome;
        let mut text = format!("{} is tried: {answer}; leaves {left}; again: {retry}.", names.join(" and "));
        text += " If that fails too:\n\n";
        text += &table(&calls, &faults, &played.outcome);
        let why = format!("{} ({})", quoted(&first.call), word(first.fault));
        match told.iter_mut().find(|(_, other)| *other == text) {
            Some((whys, _)) => whys.push(why),
            None => told.push((vec![why], text)),
        }
    }
    let section =
        |(whys, text): (Vec<String>, String)| format!("\nAfter {} for good, {text}", whys.join(" or "));
    told.into_iter().map(section).collect()
}

fn is_same(one: &Strike, other: &Strike) -> bool {
    (&one.call, one.skip, one.fault, one.always) == (&other.call, other.skip, other.fault, other.always)
}

/// A row of the table.
struct Line {
    calls: Vec<String>,
    how: String,
    outcome: Outcome,
}

fn table(sites: &[(Call, usize)], faults: &[(&Strike, &Outcome)], usual: &Outcome) -> String {
    let mut lines: Vec<Line> = Vec::new();
    for (call, skip) in sites {
        let here = |strike: &Strike| strike.call == *call && strike.skip == *skip;
        let here: Vec<_> = faults.iter().filter(|(strike, _)| here(strike)).collect();
        let mut outcomes: Vec<&Outcome> = Vec::new();
        for (_, outcome) in &here {
            if !outcomes.contains(outcome) {
                outcomes.push(outcome);
            }
        }
        for outcome in outcomes {
            let part = |always: bool| {
                let at = |strike: &&Strike| strike.always == always;
                let all = here.iter().map(|(strike, _)| *strike).filter(at).map(|strike| strike.fault);
                let these = here.iter().filter(|(strike, found)| at(strike) && *found == outcome);
                some_of(&all.collect::<Vec<_>>(), &these.map(|(strike, _)| strike.fault).collect::<Vec<_>>())
            };
            let how = match (part(false), part(true)) {
                (Some(once), Some(always)) if once == always => format!("{once}, once or for good"),
                (once, always) => {
                    let once = once.map(|once| format!("{once}, once"));
                    let always = always.map(|always| format!("{always}, for good"));
                    [once, always].into_iter().flatten().collect::<Vec<_>>().join("; ")
                }
            };
            let name = if *skip == 0 { quoted(call) } else { format!("{} ({})", quoted(call), skip + 1) };
            match lines.iter_mut().find(|line| line.how == how && line.outcome == *outcome) {
                Some(line) => line.calls.push(name),
                None => lines.push(Line { calls: vec![name], how, outcome: outcome.clone() }),
            }
        }
    }
    lines.sort_by_key(|line| line.outcome != *usual);
    let mut text = "| call | fails how | answer | left | again |\n|---|---|---|---|---|\n".to_owned();
    for Line { calls, how, outcome } in lines {
        let Outcome { answer, left, retry } = &outcome;
        let calls = calls.join(", ");
        let _ = if outcome == *usual {
            writeln!(text, "| {calls} | {how} | the same | | |")
        } else {
            writeln!(text, "| {calls} | {how} | {answer} | {left} | {retry} |")
        };
    }
    text
}

/// A subset of all faults in words; `None` if it is empty.
fn some_of(all: &[Fault], these: &[Fault]) -> Option<String> {
    let words = |faults: &[Fault]| faults.iter().map(|fault| word(*fault)).collect::<Vec<_>>().join(", ");
    let others: Vec<Fault> = all.iter().filter(|fault| !these.contains(fault)).copied().collect();
    match (these.len(), others.len()) {
        (0, _) => None,
        (_, 0) => Some("in any way".to_owned()),
        (many, few) if few < many => Some(format!("any way but {}", words(&others))),
        _ => Some(words(these)),
    }
}

fn word(fault: Fault) -> &'static str {
    match fault {
        Fault::Refused => "refused",
        Fault::Hangs => "time-out",
        Fault::ServerError => "5xx",
        Fault::Throttled => "throttled",
        Fault::AccessDenied => "denied",
        Fault::Conflict => "conflict",
        Fault::AnswerLost => "answer lost",
        Fault::AnswerCut => "answer cut",
        Fault::Late => "late",
        Fault::Slow => "slow",
        Fault::Unprocessed => "unprocessed",
        Fault::Twice => "twice",
    }
}

fn quoted(call: &Call) -> String {
    format!("`{call}`")
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
