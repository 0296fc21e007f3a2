//! Share: store the caller's text until a reader opens the link.

use crate::account::Caller;
use crate::call::Call;
use crate::error::{Error, Result};
use crate::secret::text::SecretText;
use crate::verbs::create::{CreateApp, CreateOptions, Created, RequestOrigin};

/// Stores `text` and returns its receipt.
///
/// # Errors
/// As in the contract's table for share; nothing is stored then.
pub async fn share(
    app: &CreateApp,
    caller: &Caller,
    text: Option<SecretText>,
    options: CreateOptions,
    origin: RequestOrigin<'_>,
    call: Call,
) -> Result<Created> {
    let plan = app.admit(caller, origin, call).await?;
    let text = text.filter(|text| text.size_bytes() > 0).ok_or(Error::NothingToShare)?;
    if text.size_bytes() > plan.size_limit_bytes {
        return Err(Error::TooLarge { limit_bytes: plan.size_limit_bytes });
    }
    let options = app.check(options, caller, plan, origin)?;
    let receipt = app.create(&text, options, caller, origin, call).await?;
    Ok(Created { receipt, value: None })
}
