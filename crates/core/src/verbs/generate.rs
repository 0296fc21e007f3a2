//! Generate: make a value, keep it like a shared text, and show it to the
//! caller this once.

use crate::account::Caller;
use crate::call::Call;
use crate::error::Result;
use crate::secret::generated_value::{CharacterSets, Length, Recipe};
use crate::verbs::create::{CreateApp, CreateOptions, Created, RequestOrigin};

/// What is to be made, as it was sent.
pub struct GenerateRequest {
    /// Characters.
    pub length: Option<String>,
    /// Which ones, or that they cannot be read.
    pub character_sets: Result<CharacterSets>,
    /// What holds for shared texts too.
    pub options: CreateOptions,
}

/// Makes a value, stores it, and answers with it and its receipt.
///
/// # Errors
/// Those of the contract's table for generate; nothing is kept then.
pub async fn generate(
    app: &CreateApp,
    caller: &Caller,
    request: GenerateRequest,
    origin: RequestOrigin<'_>,
    call: Call,
) -> Result<Created> {
    let plan = app.admit(caller, origin, call).await?;
    let options = app.check(request.options, caller, plan, origin)?;
    let length = Length::new(request.length.as_deref())?;
    let value = Recipe::new(length, request.character_sets?)?.make();
    let receipt = app.create(&value, options, caller, origin, call).await?;
    Ok(Created { receipt, value: Some(value) })
}
