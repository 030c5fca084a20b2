//! What is met of requests that call functions.

use stacktape_model::container::Authorizer;
use stacktape_model::function::{ApplicationLoadBalancerIntegration, FunctionParam, HttpApiIntegration};
use stacktape_model::http_api_gateway::PayloadFormat;
use stacktape_model::text::{Param, Text};

use super::Met;

impl Met {
    pub(super) fn route_to_function(&mut self, event: &HttpApiIntegration) {
        let HttpApiIntegration { route } = event;
        self.route(route);
        self.note("function's payload", route.payload_format == Some(PayloadFormat::V2));
        let named = |authorizer: &Authorizer| match authorizer {
            Authorizer::Jwt(_) | Authorizer::Cognito(_) => false,
            Authorizer::Lambda(lambda) => {
                matches!(lambda.parts().function.as_text(), Text::Param(param) if param.param == Param::Function(FunctionParam::Arn))
            }
        };
        self.note("authorizer by name", route.authorizer.as_ref().is_some_and(named));
    }

    pub(super) fn rule_to_function(&mut self, event: &ApplicationLoadBalancerIntegration) {
        let ApplicationLoadBalancerIntegration { rule } = event;
        self.rule(rule);
        self.note("rule to a function", true);
    }
}
