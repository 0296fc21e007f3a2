//! What clients do, drawn from the seed before anything happens.

use crate::dice::Dice;
use std::time::Duration;

/// The number of a secret: that of its wish in the script.
pub(crate) type SecretId = usize;

/// A secret that somebody wants to share.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    /// In seconds.
    pub(crate) ttl: i64,
    /// The number of the creator's account.
    pub(crate) account: Option<usize>,
    pub(crate) passphrase: bool,
    pub(crate) mailed: bool,
    pub(crate) generated: bool,
}

/// What passphrase a client sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    None,
    Right,
    Wrong,
}

/// How a client looks at a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Get,
    Head,
    Page,
}

/// What a client does. Reveals and burns come from the API or, if so said, from the
/// form of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Create(SecretId),
    Reveal(SecretId, Pass, bool),
    Burn(SecretId, Pass, bool),
    Look(SecretId, Look),
    /// Opens its page, which shows nothing.
    Open(SecretId),
    /// Lists what the account of this number has made.
    Recent(usize),
    /// Sends something that nobody should, of so many kinds.
    Hostile(u64),
}

/// One request of one client.
#[derive(Clone, Copy)]
pub(crate) struct Step {
    /// Since the start; for a retry, since the answer that it is for.
    pub(crate) at: Duration,
    pub(crate) action: Action,
    pub(crate) address: u64,
    pub(crate) hangs_up: bool,
    /// The step that this one tries again, if that has failed.
    pub(crate) retry_of: Option<usize>,
}

/// How many kinds of [`Action::Hostile`] there are.
pub(crate) const HOSTILE_KINDS: u64 = 6;
/// How many accounts there are.
pub(crate) const ACCOUNTS: usize = 2;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// The script of a seed.
pub(crate) fn script(seed: u64) -> (Vec<Wish>, Vec<Step>) {
    let mut dice = Dice::of(&[seed, 1]);
    let mut writer = Writer { wishes: Vec::new(), steps: Vec::new() };
    let span = dice.one(&[10 * 60, 6 * HOUR, 3 * DAY]);
    for _ in 0..dice.between(2, 7) {
        writer.story(&mut dice, span);
    }
    // A step is known by its place in the order of time; its retry comes behind it.
    let mut order: Vec<usize> = (0..writer.steps.len()).collect();
    order.sort_by_key(|&id| {
        (writer.steps[id].retry_of.map_or(writer.steps[id].at, |of| writer.steps[of].at), id)
    });
    let place = |id| order.iter().position(|&other| other == id);
    let moved = |&id: &usize| {
        let step = writer.steps[id];
        Step { retry_of: step.retry_of.and_then(place), ..step }
    };
    let steps = order.iter().map(moved).collect();
    (writer.wishes, steps)
}

struct Writer {
    wishes: Vec<Wish>,
    steps: Vec<Step>,
}

impl Writer {
    /// The life of one secret: it is made, and clients come in bursts, most of them
    /// where something ends.
    fn story(&mut self, dice: &mut Dice, span: i64) {
        let account = dice.percent(55).then(|| dice.one(&[0, 1]));
        let wish = Wish {
            ttl: dice.weighted(&[(50, 60), (15, 90), (15, 600), (10, HOUR), (7, DAY), (3, 7 * DAY)]),
            account,
            passphrase: dice.percent(35),
            mailed: account.is_some() && dice.percent(60),
            generated: dice.percent(20),
        };
        let secret = self.wishes.len();
        let begun = dice.between(0, span) * 1_000;
        self.step(dice, begun, Action::Create(secret), false);
        let ttl = wish.ttl * 1_000;
        let margin = 900_000;
        let moments = [
            (30, 1_500, 2_500),
            (10, ttl / 2, 1_000),
            (30, ttl - 1_000, 12_000),
            (5, ttl + 330_000, 60_000),
            (7, ttl + margin, 30_000),
            (5, 2 * ttl, 3_000),
            (3, 2 * ttl + margin, 60_000),
        ];
        let choices = moments.map(|(weight, at, spread)| (weight, (at, spread)));
        self.wishes.push(wish.clone());
        if dice.percent(30) {
            // Nobody wants it, and its creator sees it expire.
            return self.race(dice, secret, &wish, begun + ttl, 0);
        }
        for _ in 0..dice.between(1, 4) {
            let (at, spread) = dice.weighted(&choices);
            self.burst(dice, secret, &wish, begun + at, spread);
        }
        if dice.percent(45) {
            let readers = dice.between(1, 3);
            self.race(dice, secret, &wish, begun + ttl, readers);
        }
    }

    /// Readers just before the end, and its creator just after it.
    fn race(&mut self, dice: &mut Dice, secret: SecretId, wish: &Wish, end: i64, readers: i64) {
        let pass = if wish.passphrase { Pass::Right } else { Pass::None };
        for _ in 0..readers {
            let at = end - dice.between(0, 4_000);
            self.step(dice, at, Action::Reveal(secret, pass, false), false);
        }
        for _ in 0..dice.between(1, 4) {
            let span = dice.one(&[20_000, 400_000]);
            let at = end + dice.between(0, span);
            let look = if dice.percent(30) { Look::Page } else { Look::Get };
            self.step(dice, at, Action::Look(secret, look), false);
        }
    }

    fn burst(&mut self, dice: &mut Dice, secret: SecretId, wish: &Wish, centre: i64, spread: i64) {
        let is_attack = wish.passphrase && dice.percent(30);
        let spread = dice.one(&[spread, spread / 4, 20]);
        let count = if is_attack { dice.between(6, 11) } else { dice.between(1, 6) };
        for _ in 0..count {
            let at = centre + dice.between(-spread, spread);
            let action = if is_attack {
                let pass = if dice.percent(15) { Pass::Right } else { Pass::Wrong };
                let is_burn = dice.percent(20);
                if is_burn { Action::Burn(secret, pass, false) } else { Action::Reveal(secret, pass, false) }
            } else {
                action(dice, secret, wish)
            };
            self.step(dice, at, action, true);
        }
    }

    fn step(&mut self, dice: &mut Dice, at: i64, action: Action, may_retry: bool) {
        let at = Duration::from_millis(u64::try_from(at).unwrap_or(0));
        let id = self.steps.len();
        let step = Step { at, action, address: dice.below(3), hangs_up: dice.percent(4), retry_of: None };
        self.steps.push(step);
        if may_retry && dice.percent(40) {
            let pause = dice.up_to(Duration::from_secs(3));
            self.steps.push(Step { at: pause, retry_of: Some(id), hangs_up: false, ..step });
        }
    }
}

fn action(dice: &mut Dice, secret: SecretId, wish: &Wish) -> Action {
    let page = dice.percent(20);
    let pass = match (wish.passphrase, dice.below(10)) {
        (true, 0..6) => Pass::Right,
        (true, 6..9) | (false, 9) => Pass::Wrong,
        _ => Pass::None,
    };
    let look = dice.weighted(&[(70, Look::Get), (10, Look::Head), (20, Look::Page)]);
    let list = wish.account.map_or(Action::Look(secret, Look::Get), Action::Recent);
    let hostile = dice.below(HOSTILE_KINDS);
    dice.weighted(&[
        (38, Action::Reveal(secret, pass, page)),
        (30, Action::Look(secret, look)),
        (10, list),
        (10, Action::Burn(secret, pass, page)),
        (5, Action::Open(secret)),
        (7, Action::Hostile(hostile)),
    ])
}
