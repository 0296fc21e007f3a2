//! `readonce share`.

use super::create;
use crate::call::Form;
use crate::commands::context::Context;
use crate::failure::Result;
use crate::input;
use crate::options::ShareOptions;
use crate::terminal::prompt;
use zeroize::Zeroizing;

/// Shares a text and prints its link.
///
/// # Errors
/// As the exit codes say.
pub(crate) async fn share(context: &Context<'_>, mut options: ShareOptions) -> Result<()> {
    let is_piped = options.insecure_argument.is_none()
        && options.file.as_ref().is_none_or(|path| path.as_os_str() == "-");
    options.create.passphrase.refuse_standard_input_twice(is_piped)?;
    // Before anything is asked for, so that nobody types in vain.
    let prepared = create::prepare(context, &options.create)?;
    let text = text(context, &mut options)?;
    let mut form = Form::default();
    form.add("secret", &text);
    drop(text);
    create::create(context, prepared, "share", form, &options.create).await
}

fn text(context: &Context<'_>, options: &mut ShareOptions) -> Result<Zeroizing<String>> {
    if let Some(path) = options.file.as_ref().filter(|path| path.as_os_str() != "-") {
        return input::text_of_file(path);
    }
    if let Some(text) = options.insecure_argument.take().map(Zeroizing::new) {
        return input::checked_text(text.as_bytes(), "the argument");
    }
    if context.console.stdin_is_terminal {
        let text = prompt::hidden("Secret (one line, not shown): ")?;
        return input::checked_text(text.as_bytes(), "the secret");
    }
    input::text_of_standard_input()
}
