//! Share: store the caller's text until a reader opens the link.

use crate::account::Caller;
use crate::call::Call;
use crate::error::{Error, Result};
use crate::plan::Plan;
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
    let plan = app.plan(caller)?;
    let checked =
        checked_text(text, plan).and_then(|text| Ok((text, app.check(options, caller, plan, origin)?)));
    let (text, options) = app.admit(checked, caller, origin, call).await?;
    let mailed_to = options.mailed_to();
    let receipt = app.create(&text, options, caller, origin, call).await?;
    Ok(Created { receipt, mailed_to, value: None })
}

fn checked_text(text: Option<SecretText>, plan: Plan) -> Result<SecretText> {
    let text = text.filter(|text| text.size_bytes() > 0).ok_or(Error::NothingToShare)?;
    if text.size_bytes() > plan.size_limit_bytes {
        return Err(Error::TooLarge { limit_bytes: plan.size_limit_bytes });
    }
    Ok(text)
}
