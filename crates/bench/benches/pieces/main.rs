//! Benchmarks of the steps that every secret passes through, and of a whole create and
//! reveal without I/O: `cargo bench -p readonce-bench`.

mod memory;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use readonce_core::account::Creator;
use readonce_core::address::site::{Scheme, Site};
use readonce_core::call::Call;
use readonce_core::receipt::Receipt;
use readonce_core::secret::claim::seal;
use readonce_core::secret::claim::sealed::Binding;
use readonce_core::secret::data_key::DataKey;
use readonce_core::secret::key::MetadataKey;
use readonce_core::secret::text::SecretText;
use readonce_core::settings::Settings;
use readonce_core::time::UnixTime;
use readonce_http::api::reveal::RevealFunction;
use readonce_http::api::share::ShareFunction;
use readonce_http::api::wire::ReceiptParts;
use readonce_http::gateway::event::Event;
use readonce_http::gateway::function::{Function, handle};
use readonce_http::gateway::reply::Reply;
use readonce_http::request::parameters::Parameters;
use std::hint::black_box;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

const SIZES_BYTES: [usize; 2] = [100, 10_000];
const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().expect("a runtime starts")
}

fn bytes(count: usize) -> Throughput {
    Throughput::Bytes(count.try_into().expect("it is a small number"))
}

/// An event in the gateway's form, as JSON text.
fn event(path: &str, content_type: &str, body: &str) -> String {
    let headers = [("content-type", content_type)];
    readonce_tests::lambda::event("POST", path, "", &headers, Some(body)).to_string()
}

fn parsed(event: &str) -> Event {
    serde_json::from_str(event).expect("it is an event")
}

fn decode(criterion: &mut Criterion) {
    let runtime = runtime();
    let mut group = criterion.benchmark_group("decode");
    for size in SIZES_BYTES {
        group.throughput(bytes(size));
        let text = "x+y%20".repeat(size / 6);
        let form = event("/api/v1/share", FORM, &format!("secret={text}&ttl=3600"));
        let json = event("/api/v1/share", JSON, &format!(r#"{{"secret":"{text}","ttl":3600}}"#));
        for (name, event) in [("form", form), ("json", json)] {
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| {
                    let mut event = parsed(black_box(&event));
                    let parameters = runtime.block_on(Parameters::read(&mut event)).expect("it is good");
                    black_box(parameters);
                });
            });
        }
    }
}

fn derive(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("derive");
    group.bench_function("metadata key", |bencher| bencher.iter(MetadataKey::random));
    let key = MetadataKey::random();
    group.bench_function("secret key", |bencher| bencher.iter(|| black_box(&key).secret_key()));
    let secret_key = key.secret_key();
    group.bench_function("row of the secret", |bencher| bencher.iter(|| black_box(&secret_key).secret_id()));
}

fn seal_and_open(criterion: &mut Criterion) {
    let data_key = DataKey::new([7; 32], b"wrapped".to_vec());
    let secret_key = MetadataKey::random().secret_key();
    let id = secret_key.secret_id();
    let ends = UnixTime::from_seconds(2_000_000_000);
    let binding = || Binding { id: &id, ends, share_domain: None, verifier: None };
    for size in SIZES_BYTES {
        let text = SecretText::new("x".repeat(size));
        let mut group = criterion.benchmark_group("seal");
        group.throughput(bytes(size));
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| seal::seal(black_box(&text), &data_key, &secret_key, None, binding()));
        });
        group.finish();
        let sealed = seal::seal(&text, &data_key, &secret_key, None, binding());
        let mut group = criterion.benchmark_group("open");
        group.throughput(bytes(size));
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| {
                seal::open(black_box(&sealed), &data_key, &secret_key, None, binding()).expect("it opens")
            });
        });
    }
}

fn encode(criterion: &mut Criterion) {
    let metadata_key = MetadataKey::random();
    let created = UnixTime::from_seconds(1_700_000_000);
    let site = Site::of_request_host(Scheme::Https, "eu.readonce.example").expect("it is a host");
    let receipt = Receipt::new(metadata_key, Creator::Anonymous, created, 3_600, site);
    let now = receipt.created;
    criterion.bench_function("encode/receipt", |bencher| {
        bencher.iter(|| {
            let parts = ReceiptParts::of(black_box(&receipt));
            Reply::json(200, &parts.json(&receipt, None, now))
        });
    });
}

/// From the event to the answer, including the SDK; AWS is a map in memory.
fn whole(criterion: &mut Criterion) {
    let runtime = runtime();
    let aws = memory::aws();
    let lookup = |name: &str| match name {
        "TABLE_NAME" | "KMS_KEY_ID" => Some("readonce".to_owned()),
        _ => None,
    };
    let settings = Settings::from_variables(lookup).expect("these are good settings");
    let share = ShareFunction::new(&settings, &aws).expect("these are all it needs");
    let reveal = RevealFunction::new(&settings, &aws).expect("these are all it needs");
    let mut group = criterion.benchmark_group("create and reveal");
    for size in SIZES_BYTES {
        let text = "x".repeat(size);
        let create = event("/api/v1/share", FORM, &format!("secret={text}"));
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| {
                runtime.block_on(async {
                    let created = answer(&share, &create).await;
                    let key = created["secret_key"].as_str().expect("it was created");
                    let revealed = answer(&reveal, &event(&format!("/api/v1/secret/{key}"), FORM, "")).await;
                    assert_eq!(revealed["value"].as_str(), Some(text.as_str()));
                });
            });
        });
    }
}

async fn answer(function: &impl Function, event: &str) -> serde_json::Value {
    let call = Call::new(UnixTime::now(), Duration::from_secs(19));
    let reply = handle(function, parsed(event), call, false).await;
    serde_json::from_str(&reply.body).expect("the answer is JSON")
}

criterion_group!(pieces, decode, derive, seal_and_open, encode, whole);
criterion_main!(pieces);
