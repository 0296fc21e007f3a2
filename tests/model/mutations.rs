//! Ways in which the protocol could be wrong, each of which a search must find, and
//! changes that it must not mind.

use crate::scenarios::{BURN, CLAIMS, CREATION, ENDS, GUESSES, MAIL, PAGE, RACE, SHORT};
use crate::world::Scenario;
use crate::writes::{DELETE, Write};

/// A change of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    UnconditionalPut,
    ReadThenWriteClaim,
    NoTombstone,
    WithdrawalDeletes,
    NoClaimId,
    AnotherClaimIdForEachAttempt,
    PutsRetryTakenForRefusal,
    UnconditionalExpire,
    ExpiryToldWithoutItsWrite,
    PageWithoutMargin,
    UnconditionalBurn,
    EndNotCheckedInReadAndClaim,
    ReceiptFromStaleRead,
    CountedAfterBcrypt,
    GiveBackRetried,
    ClaimBeforeKms,
    WithdrawalIgnoresReceived,
    TtlNotMovedOnEnding,
    TtlWithoutMargin,
    PageMarginOfRequestAlone,
    PutComparesViewed,
    GiveBackDeliveredTwice,
    UnacknowledgedExpiryCounts,
    EndNotCheckedInClaim,
    EndNotCheckedInExpire,
    GivesUpEarly,
    BurnNotRepeated,
}

/// A mutation, a scenario that finds it, and the promise that breaks.
pub(crate) type Finding = (Mutation, Scenario, &'static str);

pub(crate) const FOUND: [Finding; 30] = [
    (Mutation::UnconditionalPut, CLAIMS, "a destroyed text is back"),
    (Mutation::ReadThenWriteClaim, RACE, "a secret is revealed twice"),
    (Mutation::ReadThenWriteClaim, BURN, "a secret is revealed that was burned"),
    (Mutation::ReadThenWriteClaim, ENDS, "a secret is revealed that was called expired"),
    (Mutation::ReadThenWriteClaim, MAIL, "a secret is revealed that was withdrawn"),
    (Mutation::NoTombstone, CLAIMS, "a destroyed text is back"),
    (Mutation::NoTombstone, ENDS, "an acknowledged receipt is unknown"),
    (Mutation::WithdrawalDeletes, CREATION, "a destroyed text is back"),
    (Mutation::NoClaimId, RACE, "a winner is told 404"),
    (Mutation::NoClaimId, BURN, "a winner is told 404"),
    (Mutation::AnotherClaimIdForEachAttempt, RACE, "a winner is told 404"),
    (Mutation::PutsRetryTakenForRefusal, CREATION, "one lost answer fails a creation"),
    (Mutation::UnconditionalExpire, ENDS, "a story changes"),
    (Mutation::ExpiryToldWithoutItsWrite, ENDS, "a secret is revealed that was called expired"),
    (Mutation::PageWithoutMargin, PAGE, "a secret is revealed that was called expired"),
    (Mutation::UnconditionalBurn, BURN, "a secret is burned that was over"),
    (Mutation::EndNotCheckedInReadAndClaim, PAGE, "a secret is revealed that was called expired"),
    (Mutation::ReceiptFromStaleRead, ENDS, "a story goes back"),
    (Mutation::CountedAfterBcrypt, GUESSES, "there are more verdicts than guesses allowed"),
    (Mutation::GiveBackRetried, GUESSES, "there are more verdicts than guesses allowed"),
    (Mutation::ClaimBeforeKms, RACE, "a winner is told 503 without a fault on its write"),
    (Mutation::WithdrawalIgnoresReceived, MAIL, "a secret is called withdrawn that was revealed"),
    (Mutation::TtlNotMovedOnEnding, ENDS, "a story changes"),
    // The code was so once.
    (Mutation::TtlWithoutMargin, ENDS, "a story changes"),
    (Mutation::TtlWithoutMargin, ENDS, "an open secret is told to be gone"),
    (Mutation::TtlWithoutMargin, CREATION, "a secret is revealed that was called expired"),
    (Mutation::TtlWithoutMargin, SHORT, "a destroyed text is back"),
    (Mutation::TtlWithoutMargin, GUESSES, "there are more verdicts than guesses allowed"),
    (Mutation::PageMarginOfRequestAlone, PAGE, "a story changes"),
    (Mutation::PutComparesViewed, CREATION, "one lost answer fails a creation"),
];

/// The protocol as it is breaks these promises, and it is known.
pub(crate) const ACCEPTED: [Finding; 2] = [
    // The code sends it once; a network that delivers it twice gives one guess more.
    (Mutation::GiveBackDeliveredTwice, GUESSES, "there are more verdicts than guesses allowed"),
    // The list of recent receipts shows a creation before it is acknowledged. If its put
    // is then carried out after the secret's end, and the creation has died, a slow
    // clock still reveals what the list has called expired. An acknowledged creation
    // has its row, so this does not befall it.
    (Mutation::UnacknowledgedExpiryCounts, CREATION, "a secret is revealed that was called expired"),
];

/// Mutations that break nothing, why, and where they would show.
pub(crate) const HARMLESS: [(Mutation, &str, Scenario); 4] = [
    (Mutation::EndNotCheckedInClaim, "the read has checked it against the same clock", ENDS),
    (Mutation::EndNotCheckedInExpire, "the receipt's row has told the same end", ENDS),
    (Mutation::GivesUpEarly, "503 says that the outcome is unknown", CLAIMS),
    (Mutation::BurnNotRepeated, "503 says that the outcome is unknown", BURN),
];

const ENDS_WITHOUT_CLAIM_ID: &str = "#state = :open AND ends > :now";
const OPEN_WHENEVER: &str = "#state = :open OR claim = :claim";
const END: &str = "SET #state = :state, claim = :claim, expires_at = :ttl REMOVE ciphertext";

impl Mutation {
    /// Another condition and update of a write.
    pub(crate) fn form(self, write: Write) -> Option<(&'static str, &'static str)> {
        let ends = matches!(write, Write::Claim | Write::Burn);
        Some(match (self, write) {
            (Self::UnconditionalPut, Write::PutSecret) => ("", ""),
            (Self::ReadThenWriteClaim, Write::Claim)
            | (Self::UnconditionalBurn, Write::Burn)
            | (Self::UnconditionalExpire, Write::Expire) => ("", END),
            (Self::NoTombstone, Write::Claim | Write::Burn) => (ENDS_WITHOUT_CLAIM_ID, DELETE),
            (Self::WithdrawalDeletes, Write::Withdraw) => {
                ("attribute_not_exists(pk) OR #state = :open OR claim = :claim", DELETE)
            }
            (Self::NoClaimId, _) if ends => (ENDS_WITHOUT_CLAIM_ID, END),
            (Self::EndNotCheckedInReadAndClaim | Self::EndNotCheckedInClaim, _) if ends => {
                (OPEN_WHENEVER, END)
            }
            (Self::EndNotCheckedInExpire, Write::Expire) => (OPEN_WHENEVER, END),
            (Self::TtlNotMovedOnEnding, _) if ends => (
                "(#state = :open AND ends > :now) OR claim = :claim",
                "SET #state = :state, claim = :claim REMOVE ciphertext",
            ),
            _ => return None,
        })
    }
}
