//! What a user meets of the synthesis: its rules, each on both sides of its limit, and what holds for every stack.

mod asset;
mod buildpack;
mod codes;
mod function_packaging;
mod load_balancer;
mod network;
mod properties;
mod support;
mod template;
