//! `--data`: what survives. What several processes share is in races.rs.

use crate::{TOKEN, TOM, program, start};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use readonce_embedded::{EmbeddedAws, Storage, aws};
use readonce_tests::process::{LocalServer, data_directory, printed, run};
use readonce_tests::rows;
use std::path::Path;

#[tokio::test]
async fn secrets_accounts_and_the_key_survive_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    // A directory that is not there yet is made.
    let data = directory.path().join("new/data");
    let data = data.to_str().unwrap();
    let account = format!("{TOM}:{TOKEN}:identity");
    let server = LocalServer::start_with_accounts(program(), &account, &["--data", data], &[]).await;
    let open = server.account(TOM, TOKEN).shared(&[("secret", "text"), ("passphrase", "horse")]).await;
    let used = server.anonymous().shared(&[("secret", "used")]).await;
    server.anonymous().revealed(&used).await.unwrap();
    server.stop("-TERM").await;

    let server = start(&["--data", data]).await;
    assert_eq!(server.anonymous().revealed(&used).await.unwrap_err(), "Unknown secret");
    let answer = server.account(TOM, TOKEN).reveal(&open, &[("passphrase", "horse")]).await;
    assert_eq!(answer.text("value"), "text");
    let large = "x".repeat(100_000);
    assert_eq!(
        server.account(TOM, TOKEN).share(&[("secret", &large)]).await.status,
        200,
        "on the identity plan"
    );
}

/// The sealed texts in the table, as the database writes them.
async fn sealed_texts(data: &Path) -> Vec<String> {
    let storage = Storage { data: Some(data.to_owned()), outbox: None };
    let embedded = EmbeddedAws::start(&storage).await.expect("the directory can be shared");
    let rows = rows::all(&embedded.config().dynamodb_client(), aws::TABLE).await;
    let sealed = rows.iter().filter_map(|row| row.get("ciphertext"));
    sealed.map(|text| STANDARD.encode(text.as_b().expect("it is binary"))).collect()
}

/// The number of texts of which a part is on the disk.
fn count_on_disk(data: &Path, texts: &[String]) -> usize {
    let files = std::fs::read_dir(data).expect("the directory is there");
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        Ok::<_, std::io::Error>(String::from_utf8_lossy(&std::fs::read(entry?.path())?).into_owned())
    };
    let files: Vec<String> = files.map(read).collect::<Result<_, _>>().expect("its files can be read");
    let is_there = |part: &str| files.iter().any(|file| file.contains(part));
    // A text goes on in another page of the file wherever one is full.
    let has_part = |text: &&String| (0..text.len() - 40).step_by(200).any(|at| is_there(&text[at..at + 40]));
    texts.iter().filter(has_part).count()
}

/// A row that is deleted from the table is gone from its file and from the log beside
/// it: nobody who reads the disk may find anything that a used link opens.
#[tokio::test]
async fn used_secrets_are_gone_from_the_disk() {
    let directory = data_directory().unwrap();
    let data = directory.path();
    let server = start(&["--data", data.to_str().unwrap()]).await;
    let anonymous = server.anonymous();
    let long = "x".repeat(9_000);
    let mut shared = Vec::new();
    for text in ["a short one", &long[..3_000], &long].repeat(10) {
        shared.push(anonymous.share(&[("secret", text)]).await);
    }
    let sealed = sealed_texts(data).await;
    assert_eq!((sealed.len(), count_on_disk(data, &sealed)), (30, 30));
    for (number, receipt) in shared.iter().enumerate() {
        if number % 5 == 0 {
            let burn = format!("/api/v1/private/{}/burn", receipt.text("metadata_key"));
            assert_eq!(anonymous.post(&burn, &[]).await.status, 200);
        } else {
            anonymous.revealed(&receipt.text("secret_key")).await.unwrap();
        }
        assert_eq!(count_on_disk(data, &sealed), 29 - number);
    }
    server.stop("-TERM").await;
    assert_eq!(count_on_disk(data, &sealed), 0);
}

/// `cp -r` of a directory, as a backup.
#[cfg(unix)]
fn copy(from: &Path, to: &Path) {
    let copied = std::process::Command::new("cp").arg("-rp").args([from, to]).status().expect("cp runs");
    assert!(copied.success());
}

#[cfg(unix)]
#[tokio::test]
async fn a_copy_beside_its_original_is_refused_and_a_moved_directory_is_not() {
    let parent = data_directory().unwrap();
    let path = |name: &str| parent.path().join(name);
    let text = |name: &str| path(name).to_str().unwrap().to_owned();
    let server = start(&["--data", &text("data")]).await;
    let key = server.anonymous().shared(&[("secret", "text")]).await;
    copy(&path("data"), &path("backup"));
    let original = path("data").canonicalize().unwrap();
    let refused = format!("cannot use {}: it is a copy of {}, which", text("backup"), original.display());
    // While the original is running, and after that.
    let output = run(program(), &["--listen", "127.0.0.1:0", "--data", &text("backup")], &[]).await;
    assert!(!output.status.success() && printed(&output).1.contains(&refused), "{output:?}");
    server.anonymous().revealed(&key).await.unwrap();
    server.stop("-TERM").await;
    let output = run(program(), &["--listen", "127.0.0.1:0", "--data", &text("backup")], &[]).await;
    assert!(!output.status.success() && printed(&output).1.contains(&refused), "{output:?}");
    // Another path to the same directory, and the directory elsewhere, are no copies.
    std::os::unix::fs::symlink(path("data"), path("link")).unwrap();
    start(&["--data", &text("link")]).await.stop("-TERM").await;
    std::fs::rename(path("data"), path("moved")).unwrap();
    let server = start(&["--data", &text("moved")]).await;
    assert_eq!(server.anonymous().revealed(&key).await.unwrap_err(), "Unknown secret");
    server.stop("-TERM").await;
    // From its new place, too.
    copy(&path("moved"), &path("another"));
    let output = run(program(), &["--listen", "127.0.0.1:0", "--data", &text("another")], &[]).await;
    assert!(printed(&output).1.contains("it is a copy of"), "{output:?}");
}

#[tokio::test]
async fn without_it_nothing_survives() {
    let server = start(&[]).await;
    let key = server.anonymous().shared(&[("secret", "text")]).await;
    server.stop("-TERM").await;
    assert_eq!(start(&[]).await.anonymous().revealed(&key).await.unwrap_err(), "Unknown secret");
}

#[cfg(unix)]
#[tokio::test]
async fn its_files_belong_to_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let directory = data_directory().unwrap();
    start(&["--data", directory.path().to_str().unwrap()]).await.stop("-TERM").await;
    let entries: Vec<_> = std::fs::read_dir(directory.path()).unwrap().map(Result::unwrap).collect();
    assert_eq!(entries.len(), 4, "the table, the key, the path and the lock: {entries:?}");
    for entry in entries {
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{entry:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_data_directory_open_to_other_users_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let directory = data_directory().unwrap();
    let data = directory.path().to_str().unwrap();
    for mode in [0o755, 0o750, 0o701] {
        std::fs::set_permissions(data, PermissionsExt::from_mode(mode)).unwrap();
        let output = run(program(), &["--listen", "127.0.0.1:0", "--data", data], &[]).await;
        let (_, stderr) = printed(&output);
        assert!(!output.status.success() && stderr.contains(&format!("chmod 700 {data}")), "{stderr}");
        assert_eq!(std::fs::read_dir(data).unwrap().count(), 0, "nothing is written there");
    }
    let new = directory.path().join("a/new/one");
    std::fs::set_permissions(data, PermissionsExt::from_mode(0o700)).unwrap();
    start(&["--data", new.to_str().unwrap()]).await.stop("-TERM").await;
    for made in new.ancestors().take(3) {
        assert_eq!(made.metadata().unwrap().permissions().mode() & 0o077, 0, "{}", made.display());
    }
}
