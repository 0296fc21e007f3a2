//! Generate: generate a value, store it like a shared text, and show it to the caller
//! once.

use crate::account::Caller;
use crate::call::Call;
use crate::error::Result;
use crate::secret::generated_value::{CharacterSets, Length, Recipe};
use crate::verbs::create::{CreateApp, CreateOptions, Created, RequestOrigin};

/// The parameters of a value, as they were sent.
pub struct GenerateRequest {
    /// Requested length in characters; `None` for the default.
    pub length: Option<String>,
    /// Requested character sets; an error if the parameter cannot be parsed.
    pub character_sets: Result<CharacterSets>,
    /// Options that also apply to shared texts.
    pub options: CreateOptions,
}

/// Generates a value, stores it, and returns it with its receipt.
///
/// # Errors
/// As in the contract's table for generate; nothing is stored then.
pub async fn generate(
    app: &CreateApp,
    caller: &Caller,
    request: GenerateRequest,
    origin: RequestOrigin<'_>,
    call: Call,
) -> Result<Created> {
    let plan = app.plan(caller)?;
    let GenerateRequest { length, character_sets, options } = request;
    let checked = app.check(options, caller, plan, origin).and_then(|options| {
        let length = Length::new(length.as_deref())?;
        Ok((options, Recipe::new(length, character_sets?)?))
    });
    let (options, recipe) = app.admit(checked, caller, origin, call).await?;
    let value = recipe.make();
    let mailed_to = options.mailed_to();
    let receipt = app.create(&value, options, caller, origin, call).await?;
    Ok(Created { receipt, mailed_to, value: Some(value) })
}
