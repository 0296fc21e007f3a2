//! The parts of the help that are not about options. A test runs every example.

/// Behind `readonce -h`.
pub(crate) const SHORT: &str = "\
Examples:
  readonce share                  asks for the text and prints a link
  readonce get LINK               reveals it, once
  readonce receipt KEY            shows whether it was opened

'readonce --help' explains servers, files and exit codes, 'readonce share
--help' one command.";

/// Behind `readonce --help`.
pub(crate) const LONG: &str = "\
Examples:
  printf %s \"$PASSWORD\" | readonce share --ttl 2h30m
  readonce share --file id_ed25519 --passphrase-file passphrase.txt
  readonce get https://eu.example.com/secret/KEY
  readonce receipt KEY

Server and credentials:
  --server, else READONCE_SERVER, else the configuration file's default.
  --user and --token-file; else what the configuration file has for a
  server chosen with --server; else READONCE_USER and READONCE_TOKEN, which
  are for READONCE_SERVER only, if that is set; else the configuration file.
  A user or a token alone is completed by the next of these, unless that
  is another user's.
  A link names its own server, which gets your credentials only if it is
  the one above. http:// is for this machine only, unless --insecure-http.

Configuration file:
  readonce/config.toml in ~/.config (XDG_CONFIG_HOME, %APPDATA%), or the
  file of --config or READONCE_CONFIG. Nobody but you may have access to it
  or to the file of --token-file (chmod 600).

    default = \"eu\"

    [servers.eu]
    url = \"https://eu.example.com\"
    user = \"you@example.com\"
    token = \"0123456789abcdef\"

Exit codes:
  0  done
  1  a problem on this machine, such as a full disk; or you said no
  2  the command line, a file that it names, the environment, the
     configuration file, or no terminal to ask at
  3  unknown secret: no such link, expired, used up, or another passphrase
  4  credentials: refused, or missing where they are needed
  5  input: the text, an option's value, or a burn's passphrase was refused
  6  limits: too many calls or guesses; try again later
  7  network or server: no connection, a bad certificate, an error there

Output:
  Only results go to standard output. Hints for a person go to standard
  error if that is a terminal; errors go there always. NO_COLOR turns colours
  off; HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY are followed.";

/// After each command's own text.
pub(crate) const MORE: &str = "Exit codes and more: see 'readonce --help'.";

/// The help of a command that calls no server.
pub(crate) const WITHOUT_OPTIONS: &str =
    "{about-with-newline}\n{usage-heading} {usage}\n\nArguments:\n{positionals}{after-help}";

/// Behind `readonce share --help`.
pub(crate) const SHARE: &str = "\
The message:
  --message prints the link within a text for the recipient: that it works
  once, until when, whether a passphrase comes separately, and to tell you if
  the link is used up. --copy then copies that text.

Examples:
  readonce share --insecure-argument 'nothing secret'
  printf %s \"$PASSWORD\" | readonce share --ttl 1d
  readonce share --file id_ed25519 --passphrase-file passphrase.txt --json
  readonce share --passphrase-fd 3 3<passphrase.txt <id_ed25519
  base64 logo.png | readonce share
  readonce share --message --ttl 1d --file id_ed25519
  readonce share --recipient tom@example.com --file id_ed25519";

/// Behind `readonce generate --help`.
pub(crate) const GENERATE: &str = "\
Output:
  On a terminal the password is shown beside the link. Into a pipe only the
  link is written; --json has both.

Examples:
  readonce generate
  readonce generate --length 32 --ttl 7d
  readonce generate --sets upper,lower,numbers --exclude-ambiguous --json";

/// Behind `readonce get --help`.
pub(crate) const GET: &str = "\
The link:
  A link may be pasted with the words around it, and without https://. Every
  user of this machine can read a command line while the program runs; leave
  the link out, and the program asks for it.

Passphrases:
  The answer to a wrong passphrase is the same as to a link that is used up;
  nothing is destroyed. At a terminal you can try again. After five wrong ones
  you have to wait for up to ten minutes.

Examples:
  readonce get https://eu.example.com/secret/KEY
  readonce get --yes https://eu.example.com/secret/KEY >password.txt
  readonce get --yes --output key.pem https://eu.example.com/secret/KEY
  readonce get --yes --passphrase-file passphrase.txt KEY";

/// Behind `readonce receipt --help`.
pub(crate) const RECEIPT: &str = "\
The receipt's key:
  Keep it to yourself: with it anyone can read the receipt, find the link in
  it while the secret is not opened, and destroy the secret.

Examples:
  readonce receipt KEY
  readonce receipt --json https://eu.example.com/private/KEY";

/// Behind `readonce burn --help`.
pub(crate) const BURN: &str = "\
Passphrases:
  A secret that has one can only be destroyed with it.

Examples:
  readonce burn KEY
  readonce burn --passphrase-file passphrase.txt KEY";

/// Behind `readonce recent --help`.
pub(crate) const RECENT: &str = "\
Examples:
  readonce recent
  readonce recent --json";

/// Behind `readonce status --help`.
pub(crate) const STATUS: &str = "\
Examples:
  readonce status
  readonce status --anonymous --json";

/// Behind `readonce completions --help`.
pub(crate) const COMPLETIONS: &str = "\
Examples:
  readonce completions bash >~/.local/share/bash-completion/completions/readonce
  readonce completions zsh >~/.zfunc/_readonce
  readonce completions fish >~/.config/fish/completions/readonce.fish";

/// Behind `readonce man --help`.
pub(crate) const MAN: &str = "\
Examples:
  readonce man >readonce.1
  readonce man ~/.local/share/man/man1";
