//! Small worlds that are explored to the end.

use crate::world::Actor::{Burn, Create, CreateWithMail, Page, Receipt, Reveal};
use crate::world::{Actor, Scenario};

const fn of(name: &'static str, actors: &'static [Actor], faults: u8) -> Scenario {
    Scenario { name, actors, faults, lifetime: 2, passphrase: false }
}

pub(crate) const RACE: Scenario = of("race", &[Reveal, Reveal, Reveal], 2);
pub(crate) const CLAIMS: Scenario = of("claims", &[Create, Reveal, Reveal], 2);
pub(crate) const CREATION: Scenario = of("creation", &[Create, Reveal, Receipt], 2);
/// So short that a put may be carried out when the secret and its receipt have ended.
pub(crate) const SHORT: Scenario = Scenario { lifetime: 1, ..of("short", &[Create, Reveal, Receipt], 2) };
pub(crate) const MAIL: Scenario = of("mail", &[CreateWithMail, Reveal, Receipt], 2);
pub(crate) const BURN: Scenario = of("burn", &[Reveal, Burn, Receipt], 2);
pub(crate) const ENDS: Scenario = of("ends", &[Reveal, Receipt, Receipt], 1);
/// So long that a page may call it expired.
pub(crate) const PAGE: Scenario = Scenario { lifetime: 4, ..of("page", &[Reveal, Receipt, Page], 1) };
pub(crate) const GUESSES: Scenario =
    Scenario { passphrase: true, ..of("guesses", &[Reveal, Reveal, Burn], 2) };

/// Together a few seconds.
pub(crate) const SMALL: [Scenario; 9] = [RACE, CLAIMS, CREATION, SHORT, MAIL, BURN, ENDS, PAGE, GUESSES];

/// Together two minutes.
pub(crate) const LARGE: [Scenario; 8] = [
    of("large race", &[Reveal, Reveal, Reveal, Burn], 3),
    of("large claims", &[Create, Reveal, Reveal, Burn], 3),
    of("large creation", &[Create, Reveal, Burn, Receipt], 3),
    of("large mail", &[CreateWithMail, Reveal, Receipt, Receipt], 2),
    of("large burn", &[Reveal, Burn, Receipt], 3),
    of("large ends", &[Reveal, Burn, Receipt, Receipt], 2),
    Scenario { lifetime: 4, ..of("large page", &[Reveal, Receipt, Page, Page], 2) },
    Scenario { passphrase: true, ..of("large guesses", &[Reveal, Reveal, Burn], 3) },
];
