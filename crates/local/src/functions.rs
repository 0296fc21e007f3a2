//! All functions in one.

use readonce_core::Result;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::settings::{Settings, SettingsError};
use readonce_http::api::generate::GenerateFunction;
use readonce_http::api::receipt::ReceiptFunction;
use readonce_http::api::reveal::RevealFunction;
use readonce_http::api::share::ShareFunction;
use readonce_http::api::status::StatusFunction;
use readonce_http::gateway::event::Event;
use readonce_http::gateway::function::{Function, Request};
use readonce_http::gateway::reply::Reply;
use readonce_http::page::PageFunction;
use readonce_http::routes::Endpoint;

/// Every function of the service.
pub struct AllFunctions {
    share: ShareFunction,
    generate: GenerateFunction,
    reveal: RevealFunction,
    receipt: ReceiptFunction,
    status: StatusFunction,
    page: PageFunction,
}

impl AllFunctions {
    /// Builds them all.
    ///
    /// # Errors
    /// A setting that is missing.
    pub fn new(settings: &Settings, aws: &AwsConfig) -> Result<Self, SettingsError> {
        Ok(Self {
            share: ShareFunction::new(settings, aws)?,
            generate: GenerateFunction::new(settings, aws)?,
            reveal: RevealFunction::new(settings, aws)?,
            receipt: ReceiptFunction::new(settings, aws)?,
            status: StatusFunction::new(settings, aws)?,
            page: PageFunction::new(settings, aws)?,
        })
    }
}

impl Function for AllFunctions {
    async fn answer(&self, request: Request) -> Result<Reply> {
        match request.endpoint {
            Endpoint::Share => self.share.answer(request).await,
            Endpoint::Generate => self.generate.answer(request).await,
            Endpoint::Reveal => self.reveal.answer(request).await,
            Endpoint::Receipt | Endpoint::Burn | Endpoint::Recent => self.receipt.answer(request).await,
            Endpoint::Status | Endpoint::AuthCheck | Endpoint::OpenApi => self.status.answer(request).await,
            Endpoint::Page(_) => self.page.answer(request).await,
        }
    }

    fn not_found(&self, event: &Event) -> Reply {
        self.page.not_found(event)
    }

    async fn warm_up(&self, call: Call) {
        self.share.warm_up(call).await;
        self.generate.warm_up(call).await;
        self.reveal.warm_up(call).await;
    }
}
