//! Functions that something calls.

use serde::ser::SerializeMap;

use super::FunctionParam;
use crate::document::{Decode, Fields, Group, Reader};
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// A function that something calls, known by its ARN: one of the stack, `function.arn()`, or any other.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionArn(Text);

const NAME: &str = "functionName";
const ARN: &str = "functionArn";

impl FunctionArn {
    /// The ARN.
    pub const fn as_text(&self) -> &Text {
        &self.0
    }

    /// The function, if it is one of the stack that stands for itself.
    fn named(&self) -> Option<&ResourceRef> {
        match &self.0 {
            Text::Param(ParamRef { resource, param: Param::Function(FunctionParam::Arn) }) => Some(resource),
            _ => None,
        }
    }

    /// The key at which it stands.
    pub(crate) fn key(&self) -> &'static str {
        if self.named().is_some() { NAME } else { ARN }
    }
}

impl<T: Into<Text>> From<T> for FunctionArn {
    fn from(arn: T) -> Self {
        Self(arn.into())
    }
}

impl Group for FunctionArn {
    const KEYS: &'static [&'static str] = &[NAME, ARN];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        match fields.one_of(Self::KEYS, at)? {
            (NAME, name) => {
                let resource = ResourceRef::decode(name, ResourceKind::Function, &mut at.field(NAME))?;
                Some(Self(Text::Param(ParamRef { resource, param: Param::Function(FunctionParam::Arn) })))
            }
            (_, arn) => Text::decode(arn, &mut at.field(ARN)).map(Self),
        }
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self.named() {
            Some(function) => map.serialize_entry(NAME, function),
            None => map.serialize_entry(ARN, &self.0),
        }
    }
}
