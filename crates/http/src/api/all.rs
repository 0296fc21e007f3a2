//! All functions in one process, for the local server and the tests.

use crate::api::generate::GenerateFunction;
use crate::api::receipt::ReceiptFunction;
use crate::api::reveal::RevealFunction;
use crate::api::share::ShareFunction;
use crate::api::status::StatusFunction;
use crate::gateway::event::Event;
use crate::gateway::function::{Function, Request};
use crate::gateway::reply::Reply;
use crate::page::PageFunction;
use readonce_core::Result;
use readonce_core::aws::config::AwsConfig;
use readonce_core::call::Call;
use readonce_core::settings::{Settings, SettingsError};

/// Every function of the service; each event goes to the one that serves its route.
pub struct AllFunctions {
    share: ShareFunction,
    generate: GenerateFunction,
    reveal: RevealFunction,
    receipt: ReceiptFunction,
    status: StatusFunction,
    page: PageFunction,
}

impl AllFunctions {
    /// Builds all functions, which share the settings but no data keys.
    ///
    /// # Errors
    /// A setting is missing.
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
    fn serves(&self, _function: &str) -> bool {
        true
    }

    async fn answer(&self, request: Request) -> Result<Reply> {
        match request.route.function {
            "share" => self.share.answer(request).await,
            "generate" => self.generate.answer(request).await,
            "reveal" => self.reveal.answer(request).await,
            "receipt" => self.receipt.answer(request).await,
            "status" => self.status.answer(request).await,
            _ => self.page.answer(request).await,
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
