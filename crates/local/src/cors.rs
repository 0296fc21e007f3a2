//! Calls from pages of other origins, as API Gateway answers them
//! (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html>).

use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::Full;
use readonce_core::address::site::Site;
use readonce_embedded::template::{self, CorsConfiguration};

/// The origins whose pages may call from a browser.
pub struct Cors {
    origins: Vec<Site>,
    told: CorsConfiguration,
}

impl Cors {
    /// Pages of these origins may.
    pub fn new(origins: Vec<Site>) -> Self {
        Self { origins, told: template::cors() }
    }

    /// The origin of a request's page, if it is one that may call.
    pub fn allowed<B>(&self, request: &Request<B>) -> Option<HeaderValue> {
        let origin = request.headers().get(ORIGIN)?;
        self.origins
            .iter()
            .any(|allowed| allowed.as_str().as_bytes() == origin.as_bytes())
            .then(|| origin.clone())
    }

    /// The answer to a browser that asks whether it may call, if this is one and
    /// any origin may; else the functions answer, as on every other route.
    pub fn preflight<B>(&self, request: &Request<B>) -> Option<Response<Full<Bytes>>> {
        let asks = request.method() == Method::OPTIONS
            && request.headers().contains_key(ORIGIN)
            && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
        if self.origins.is_empty() || !asks {
            return None;
        }
        let mut response = Response::new(Full::default());
        *response.status_mut() = StatusCode::NO_CONTENT;
        if let Some(origin) = self.allowed(request) {
            let headers = response.headers_mut();
            for (name, value) in [
                (ACCESS_CONTROL_ALLOW_METHODS, &self.told.methods),
                (ACCESS_CONTROL_ALLOW_HEADERS, &self.told.headers),
                (ACCESS_CONTROL_MAX_AGE, &self.told.maximum_age),
            ] {
                headers.insert(name, value.parse().expect("the template has header values"));
            }
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        Some(response)
    }

    /// Lets the page of that origin read an answer.
    pub fn open_to(&self, origin: HeaderValue, response: &mut Response<Full<Bytes>>) {
        let exposed = self.told.exposed.parse().expect("the template has header values");
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        headers.append(VARY, HeaderValue::from_static("origin"));
    }
}
