//! Names and values of parameters, as they were sent.

use zeroize::Zeroizing;

/// Names and values in the order they were sent.
pub(super) type Pairs = Vec<(Name, Zeroizing<String>)>;

/// The parameters that some endpoint uses. All others are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Secret,
    Ttl,
    Passphrase,
    Recipient,
    ShareDomain,
    Length,
    CharacterSets,
    Deliberate,
}

impl Name {
    /// `None` for an unknown name, which is ignored.
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "secret" => Some(Self::Secret),
            "ttl" => Some(Self::Ttl),
            "passphrase" => Some(Self::Passphrase),
            "recipient" | "recipient[]" => Some(Self::Recipient),
            "share_domain" => Some(Self::ShareDomain),
            "length" => Some(Self::Length),
            "character_sets" => Some(Self::CharacterSets),
            "deliberate" => Some(Self::Deliberate),
            _ => None,
        }
    }
}

pub(super) fn without_nul(mut value: Zeroizing<String>) -> Zeroizing<String> {
    value.retain(|character| character != '\0');
    value
}
