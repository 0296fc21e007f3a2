//! Limits: guesses, mails, creations and lists.

use super::cases::{Broken, Case, Cases, Life};
use super::requests::pass;
use crate::history::RequestId;
use crate::script::{Action, Pass};
use std::collections::BTreeMap;

const GUESSES: usize = 5;
const GUESS_WINDOW: i64 = 600;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

pub(super) fn judge(cases: &Cases<'_>, broken: &mut Broken) {
    for life in &cases.secrets {
        guesses(life, cases, broken);
    }
    let requests = || cases.requests.values();
    let limits = cases.history.limits;
    // By address only where all clocks are right: a key of the day that a wrong clock
    // makes forgets counts.
    let clocks_are_right = requests().all(|case| case.ahead == 0);
    let creations = requests().filter(|case| clocks_are_right && case.status() == 200);
    let creations = creations.filter_map(|case| match case.action {
        Action::Create(secret) if cases.history.wishes[secret].account.is_none() => {
            Some((case, cases.history.steps[case.id].address))
        }
        _ => None,
    });
    exact("creations", limits.creations, HOUR, creations, broken);
    let lists = requests().filter(|case| case.status() == 200).filter_map(|case| match case.action {
        Action::Recent(account) => Some((case, account as u64)),
        _ => None,
    });
    exact("lists", limits.lists, HOUR, lists, broken);
    let mails = requests().filter_map(|case| match case.action {
        Action::Create(secret) if case.done("SendEmail").next().is_some() => {
            Some((case, cases.history.wishes[secret].account? as u64))
        }
        _ => None,
    });
    exact("mails", limits.mails, DAY, mails, broken);
}

/// No more of it in a window than the limit, but for those that could not be counted,
/// as the log says, and those that a network has given back twice.
fn exact<'a>(
    name: &str,
    limit: Option<u32>,
    window: i64,
    done: impl Iterator<Item = (&'a Case<'a>, u64)>,
    broken: &mut Broken,
) {
    let Some(limit) = limit else { return };
    let mut windows: BTreeMap<(u64, i64), Vec<RequestId>> = BTreeMap::new();
    for (case, owner) in done {
        let given_back = case.done(&format!("UpdateItem {name} (-1)")).any(|call| call.again);
        if !case.is_uncounted(name) && !given_back {
            windows.entry((owner, case.clock.div_euclid(window))).or_default().push(case.id);
        }
    }
    for ids in windows.into_values().filter(|ids| ids.len() > limit as usize) {
        broken.note("limits are kept", ids.last().copied(), format!("{name}: {ids:?} of {limit}"));
    }
}

/// At most five verdicts on a passphrase in a window, and 429 only where five were
/// counted.
fn guesses(life: &Life<'_>, cases: &Cases<'_>, broken: &mut Broken) {
    let mut verdicts: BTreeMap<i64, Vec<RequestId>> = BTreeMap::new();
    let mut allowed: BTreeMap<i64, usize> = BTreeMap::new();
    let mut counted: BTreeMap<i64, usize> = BTreeMap::new();
    let asked = |case: &&Case<'_>| case.secret() == Some(life.id) && pass(case).is_some();
    for case in cases.requests.values().filter(asked) {
        let window = case.clock.div_euclid(GUESS_WINDOW);
        *counted.entry(window).or_default() += case.done("UpdateItem guesses (+1)").count();
        *allowed.entry(window).or_insert(GUESSES) +=
            case.done("UpdateItem guesses (-1)").filter(|call| call.again).count();
        let Some((at, answer)) = case.answered else { continue };
        let was_open = case.is_after(life.acknowledged)
            && case.clock < life.ends
            && !life.ended.iter().any(|ended| ended.at <= at);
        let is_verdict = match answer.status {
            // A form that burns is answered with the receipt, burned or over before.
            200 => answer.released.is_some() || case.done("UpdateItem secret (burned)").next().is_some(),
            401..=428 => was_open && pass(case) != Some(Pass::None),
            _ => false,
        };
        if life.wish.passphrase && is_verdict {
            verdicts.entry(window).or_default().push(case.id);
        }
    }
    for (window, ids) in verdicts {
        if ids.len() > allowed[&window] {
            broken.note(
                "five verdicts a window",
                ids.last().copied(),
                format!("secret {}: {ids:?}", life.id),
            );
        }
    }
    for case in cases.requests.values().filter(asked).filter(|case| case.status() == 429) {
        let window = case.clock.div_euclid(GUESS_WINDOW);
        let is_over = life.ended.iter().any(|ended| Some(ended.at) <= case.answered.map(|(at, _)| at));
        let by_secret =
            life.wish.passphrase && case.is_after(life.acknowledged) && !is_over && case.clock < life.ends;
        if by_secret && counted[&window] < GUESSES {
            broken.note(
                "429 only after five guesses",
                Some(case.id),
                format!("{} counted", counted[&window]),
            );
        }
    }
}
