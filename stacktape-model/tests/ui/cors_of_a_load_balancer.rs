use stacktape_model::http_api_gateway::HttpApiCors;
use stacktape_model::web_service::WebLoadBalancing;

fn main() {
    WebLoadBalancing::application_load_balancer().cors(HttpApiCors::builder());
}
