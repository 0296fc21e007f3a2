//! `readonce generate`.

use super::create;
use crate::call::Form;
use crate::commands::context::Context;
use crate::failure::Result;
use crate::options::{CharacterSet, GenerateOptions};
use serde_json::json;

/// Has the server make a value, and prints the value and its link.
///
/// # Errors
/// As the exit codes say.
pub(crate) async fn generate(context: &Context<'_>, options: &GenerateOptions) -> Result<()> {
    let prepared = create::prepare(context, &options.create)?;
    let mut form = Form::default();
    form.add_if("length", options.length.map(|length| length.to_string()).as_deref());
    form.add_if("character_sets", character_sets(options).as_deref());
    create::create(context, prepared, "generate", form, &options.create).await
}

/// As the API takes them; nothing if the server's default is meant.
fn character_sets(options: &GenerateOptions) -> Option<String> {
    if options.sets.is_empty() && !options.exclude_ambiguous {
        return None;
    }
    let has = |set| options.sets.is_empty() || options.sets.contains(&set);
    let sets = json!({
        "uppercase": has(CharacterSet::Upper),
        "lowercase": has(CharacterSet::Lower),
        "numbers": has(CharacterSet::Numbers),
        "symbols": has(CharacterSet::Symbols),
        "exclude_ambiguous": options.exclude_ambiguous,
    });
    Some(sets.to_string())
}
