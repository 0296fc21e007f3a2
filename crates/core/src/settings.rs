//! The operator's settings: environment variables, parsed once.
//!
//! template.yaml sets them from the stack's parameters, the local server from its
//! options.

use crate::address::email::EmailAddress;
use crate::address::site::{Scheme, Site, SiteRule};
use crate::brand::Brand;
use crate::environment::variable;
use crate::limits::{Count, LimitSettings};
use crate::mail::MailSettings;
use crate::plan::{Plan, Plans};
use crate::secret::hashing::HashingSlots;
use crate::secret::keyring::MasterKey;
use crate::secret::passphrase;
use crate::table::counter::Rate;
use crate::verbs::create::CreatePolicy;
use std::str::FromStr;

/// All settings of a deployment.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `TABLE_NAME`
    pub table: String,
    /// `KMS_KEY_ID`: ARN or id; `None` for functions that use no key.
    pub kms_key_id: Option<String>,
    /// `SITE_URL`; without it, links carry the host of the request.
    pub site: SiteRule,
    /// `MAIL_SENDER` and `MAIL_CONFIGURATION_SET`; without a sender, mail is turned
    /// off.
    pub mail: Option<MailSettings>,
    /// `MAIL_REGION`, if it differs from the stack's own.
    pub mail_region: Option<String>,
    /// `PLAN_ANONYMOUS` (may be `none`), `PLAN_BASIC`, `PLAN_IDENTITY`,
    /// `MINIMUM_PASSPHRASE_LENGTH`, `OPEN_DOMAINS` (separated by commas).
    pub create: CreatePolicy,
    /// `ANONYMOUS_CREATIONS`, `ANONYMOUS_REVEALS` and `FAILED_CREDENTIALS`
    /// (`COUNT:SECONDS`, per address), `MAILS_PER_DAY` and `LISTS_PER_HOUR` (per
    /// account). Not set or `none` means no limit.
    pub limits: LimitSettings,
    /// `CORS_ORIGINS` (separated by commas): other sites whose pages may call the API.
    pub cors_origins: Vec<Site>,
    /// `BRAND_NAME`, `ACCENT_COLOUR`, `CONTACT_URL`, `TERMS_URL`.
    pub brand: Brand,
    /// Limits how many passphrases are hashed at a time, by all functions that share
    /// these settings or a clone of them. No variable sets it.
    pub hashing: HashingSlots,
}

/// A value, or `None` if the variable is `none`.
#[derive(Clone, Copy, Debug)]
pub struct OrNone<T>(pub Option<T>);

impl<T: FromStr> FromStr for OrNone<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        if text == "none" { Ok(Self(None)) } else { text.parse().map(|value| Self(Some(value))) }
    }
}

/// A variable is missing or cannot be parsed.
#[derive(Debug, thiserror::Error)]
#[error("environment variable {name}: {problem}")]
pub struct SettingsError {
    name: &'static str,
    problem: String,
}

impl Settings {
    /// Reads the settings from the process environment.
    ///
    /// # Errors
    /// [`SettingsError`] names the variable and the expected form.
    pub fn from_environment() -> Result<Self, SettingsError> {
        Self::from_variables(variable)
    }

    /// Reads the settings through `lookup`; an empty variable counts as not set.
    ///
    /// # Errors
    /// [`SettingsError`] names the variable and the expected form.
    pub fn from_variables(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let variables = Variables(&lookup);
        let defaults = CreatePolicy::default();
        let anonymous = variables.parsed::<OrNone<Plan>>("PLAN_ANONYMOUS")?;
        let anonymous = anonymous.map_or(defaults.plans.anonymous, |plan| plan.0);
        let minimum_passphrase =
            variables.parsed::<usize>("MINIMUM_PASSPHRASE_LENGTH")?.unwrap_or(defaults.minimum_passphrase);
        if !(1..=passphrase::MAX_LENGTH).contains(&minimum_passphrase) {
            let problem = format!("{minimum_passphrase} is not 1 to {}", passphrase::MAX_LENGTH);
            return Err(SettingsError { name: "MINIMUM_PASSPHRASE_LENGTH", problem });
        }
        let mail = variables.parsed::<EmailAddress>("MAIL_SENDER")?.map(|sender| MailSettings {
            sender,
            configuration_set: variables.text("MAIL_CONFIGURATION_SET"),
        });
        Ok(Self {
            table: variables.required("TABLE_NAME")?,
            kms_key_id: variables.text("KMS_KEY_ID"),
            site: variables.parsed("SITE_URL")?.map_or(SiteRule::RequestHost(Scheme::Https), SiteRule::Fixed),
            mail,
            mail_region: variables.text("MAIL_REGION"),
            create: CreatePolicy {
                plans: Plans {
                    anonymous,
                    basic: variables.parsed("PLAN_BASIC")?.unwrap_or(defaults.plans.basic),
                    identity: variables.parsed("PLAN_IDENTITY")?.unwrap_or(defaults.plans.identity),
                },
                minimum_passphrase,
                open_domains: variables.list("OPEN_DOMAINS")?,
            },
            limits: LimitSettings {
                creations: variables.parsed::<OrNone<Rate>>("ANONYMOUS_CREATIONS")?.and_then(|rate| rate.0),
                reveals: variables.parsed::<OrNone<Rate>>("ANONYMOUS_REVEALS")?.and_then(|rate| rate.0),
                failed_credentials: variables
                    .parsed::<OrNone<Rate>>("FAILED_CREDENTIALS")?
                    .and_then(|rate| rate.0),
                mails: variables.parsed::<OrNone<Count>>("MAILS_PER_DAY")?.and_then(|mails| mails.0),
                lists: variables.parsed::<OrNone<Count>>("LISTS_PER_HOUR")?.and_then(|lists| lists.0),
            },
            cors_origins: variables.list("CORS_ORIGINS")?,
            brand: Brand {
                name: variables.parsed("BRAND_NAME")?.unwrap_or_default(),
                accent: variables.parsed("ACCENT_COLOUR")?.unwrap_or_default(),
                contact: variables.parsed("CONTACT_URL")?,
                terms: variables.parsed("TERMS_URL")?,
            },
            hashing: HashingSlots::default(),
        })
    }

    /// The KMS key that protects this table's secrets.
    ///
    /// # Errors
    /// [`SettingsError`] if `KMS_KEY_ID` is not set.
    pub fn master_key(&self) -> Result<MasterKey, SettingsError> {
        let missing = || SettingsError { name: "KMS_KEY_ID", problem: MISSING.to_owned() };
        Ok(MasterKey { key_id: self.kms_key_id.clone().ok_or_else(missing)?, table: self.table.clone() })
    }
}

const MISSING: &str = "is not set";

struct Variables<'a>(&'a dyn Fn(&str) -> Option<String>);

impl Variables<'_> {
    fn text(&self, name: &str) -> Option<String> {
        (self.0)(name).filter(|value| !value.is_empty())
    }

    fn required(&self, name: &'static str) -> Result<String, SettingsError> {
        self.text(name).ok_or_else(|| SettingsError { name, problem: MISSING.to_owned() })
    }

    fn parsed<T: FromStr<Err: ToString>>(&self, name: &'static str) -> Result<Option<T>, SettingsError> {
        let parse = |text: String| {
            text.parse().map_err(|error: T::Err| SettingsError { name, problem: error.to_string() })
        };
        self.text(name).map(parse).transpose()
    }

    fn list<T: FromStr<Err: ToString>>(&self, name: &'static str) -> Result<Vec<T>, SettingsError> {
        let text = self.text(name).unwrap_or_default();
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        let parse = |item: &str| {
            item.parse().map_err(|error: T::Err| SettingsError { name, problem: error.to_string() })
        };
        items.map(parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(variables: &[(&str, &str)]) -> Result<Settings, String> {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Settings::from_variables(lookup).map_err(|error| error.to_string())
    }

    #[test]
    fn only_the_table_is_required() {
        let settings = settings(&[("TABLE_NAME", "secrets"), ("SITE_URL", ""), ("MAIL_SENDER", "")]).unwrap();
        assert_eq!(settings.table, "secrets");
        assert!(settings.mail.is_none());
        assert!(settings.create.plans.anonymous.is_some());
        assert!(matches!(settings.site, SiteRule::RequestHost(Scheme::Https)));
    }

    #[test]
    fn invalid_settings_name_their_variable() {
        for (name, value) in [
            ("TABLE_NAME", ""),
            ("PLAN_ANONYMOUS", "nobody"),
            ("PLAN_BASIC", "1"),
            ("SITE_URL", "secrets.example.com"),
            ("MAIL_SENDER", "us"),
            ("MINIMUM_PASSPHRASE_LENGTH", "0"),
            ("MINIMUM_PASSPHRASE_LENGTH", "129"),
            ("OPEN_DOMAINS", "secrets.example.com,localhost"),
            ("ANONYMOUS_CREATIONS", "100"),
            ("ANONYMOUS_REVEALS", "100:7000"),
            ("FAILED_CREDENTIALS", "30"),
            ("MAILS_PER_DAY", "0"),
            ("LISTS_PER_HOUR", "-1"),
            ("CORS_ORIGINS", "https://a.example,b.example"),
            ("BRAND_NAME", "a\u{202e}b"),
            ("ACCENT_COLOUR", "red"),
            ("CONTACT_URL", "javascript:alert(1)"),
            ("TERMS_URL", "/terms"),
        ] {
            let error = settings(&[(name, value), ("TABLE_NAME", "secrets")]).unwrap_err();
            assert!(error.contains(name), "{error}");
        }
    }

    #[test]
    fn limits_are_set_or_none() {
        let limits = |rate: &str, number: &str| {
            let set = [
                ("TABLE_NAME", "secrets"),
                ("ANONYMOUS_CREATIONS", rate),
                ("ANONYMOUS_REVEALS", rate),
                ("FAILED_CREDENTIALS", rate),
                ("MAILS_PER_DAY", number),
                ("LISTS_PER_HOUR", number),
            ];
            settings(&set).unwrap().limits
        };
        assert_eq!(limits("", ""), LimitSettings::default());
        assert_eq!(limits("none", "none"), LimitSettings::default());
        let (hourly, seven) = (Some(Rate { most: 7, window_seconds: 3_600 }), "7".parse().ok());
        let expected = LimitSettings {
            creations: hourly,
            reveals: hourly,
            failed_credentials: hourly,
            mails: seven,
            lists: seven,
        };
        assert_eq!(limits("7:3600", "7"), expected);
    }

    #[test]
    fn anonymous_creation_can_be_closed() {
        let settings = settings(&[("TABLE_NAME", "secrets"), ("PLAN_ANONYMOUS", "none")]).unwrap();
        assert!(settings.create.plans.anonymous.is_none());
    }
}
