//! The languages of buildpacks, and what can be said about how each is built.

use serde::ser::{Serialize, Serializer};
use stacktape_macros::{Keyed, model};

use super::BuildpackIssue;
use super::python::PythonConfig;
use crate::document::{Decode, Fields, Reader};

/// A language that images are built of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `js`, `mjs`, `cjs`, `jsx`, `ts`, `mts`, `tsx`.
    Node,
    /// `py`.
    Python,
    /// `java`.
    Java,
    /// `go`.
    Go,
    /// `rb`.
    Ruby,
    /// `php`.
    Php,
    /// `cs`, `csproj`.
    DotNet,
}

impl Language {
    /// Every extension of an entry file.
    pub(super) const EXTENSIONS: [(&'static str, Self); 14] = [
        ("js", Self::Node),
        ("mjs", Self::Node),
        ("cjs", Self::Node),
        ("jsx", Self::Node),
        ("ts", Self::Node),
        ("mts", Self::Node),
        ("tsx", Self::Node),
        ("py", Self::Python),
        ("java", Self::Java),
        ("go", Self::Go),
        ("rb", Self::Ruby),
        ("php", Self::Php),
        ("cs", Self::DotNet),
        ("csproj", Self::DotNet),
    ];

    /// The language of a file.
    pub(crate) fn of(file: &str) -> Option<Self> {
        let (_, name) = file.rsplit_once('/').unwrap_or(("", file));
        let (_, extension) = name.rsplit_once('.')?;
        Self::EXTENSIONS.iter().find(|(known, _)| *known == extension).map(|(_, language)| *language)
    }

    /// The language in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Node => "JavaScript",
            Self::Python => "Python",
            Self::Java => "Java",
            Self::Go => "Go",
            Self::Ruby => "Ruby",
            Self::Php => "PHP",
            Self::DotNet => ".NET",
        }
    }
}

/// How the sources of a language are built; the entry file must be of that language. YAML: `languageSpecificConfig`, whose keys
/// depend on the extension of the entry file.
#[derive(Clone, Debug, PartialEq)]
pub enum LanguageConfig {
    /// JavaScript and TypeScript.
    Node(NodeConfig),
    /// Python.
    Python(PythonConfig),
    /// Java.
    Java(JavaConfig),
    /// Ruby.
    Ruby(RubyConfig),
    /// PHP.
    Php(PhpConfig),
    /// .NET.
    DotNet(DotNetConfig),
}

impl LanguageConfig {
    /// The language that is spoken of.
    pub const fn language(&self) -> Language {
        match self {
            Self::Node(_) => Language::Node,
            Self::Python(_) => Language::Python,
            Self::Java(_) => Language::Java,
            Self::Ruby(_) => Language::Ruby,
            Self::Php(_) => Language::Php,
            Self::DotNet(_) => Language::DotNet,
        }
    }

    /// The version of the language that is asked for.
    pub(crate) fn asked_version(&self) -> Option<String> {
        let word = match self {
            Self::Node(config) => return config.node_version.map(|version| version.to_string()),
            Self::Python(config) => config.parts().python_version.map(super::python::PythonVersion::as_str),
            Self::Java(config) => config.java_version.map(JavaVersion::as_str),
            Self::Ruby(config) => config.ruby_version.map(RubyVersion::as_str),
            Self::Php(config) => config.php_version.map(PhpVersion::as_str),
            Self::DotNet(config) => config.dotnet_version.map(DotNetVersion::as_str),
        };
        word.map(str::to_owned)
    }

    /// What is said of a language, or its defaults, with this version where none is asked for; Go has no options.
    pub(crate) fn with_version(asked: Option<&Self>, language: Language, version: &str) -> Option<Self> {
        let mut config = match (asked, language) {
            (Some(config), _) => config.clone(),
            (None, Language::Node) => NodeConfig::builder().into(),
            (None, Language::Python) => PythonConfig::builder().into(),
            (None, Language::Java) => JavaConfig::builder().into(),
            (None, Language::Ruby) => RubyConfig::default().into(),
            (None, Language::Php) => PhpConfig::default().into(),
            (None, Language::DotNet) => DotNetConfig::builder().into(),
            (None, Language::Go) => return None,
        };
        match &mut config {
            Self::Node(config) => config.node_version = config.node_version.or_else(|| version.parse().ok()),
            Self::Python(config) => config.default_version(version),
            Self::Java(config) => config.java_version = config.java_version.or_else(|| JavaVersion::of(version)),
            Self::Ruby(config) => config.ruby_version = config.ruby_version.or_else(|| RubyVersion::of(version)),
            Self::DotNet(config) => config.dotnet_version = config.dotnet_version.or_else(|| DotNetVersion::of(version)),
            Self::Php(_) => {}
        }
        Some(config)
    }

    /// Reads the options beside an entry file; which ones there are depends on its extension.
    #[cfg(feature = "yaml")]
    #[inline]
    #[allow(clippy::option_option)] // nothing was said, or what was said cannot be read
    pub(crate) fn read(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Option<Self>> {
        const KEY: &str = "languageSpecificConfig";
        let Some(tree) = fields.get(KEY) else { return Some(None) };
        let entry = fields.get("entryfilePath")?;
        let path = entry.as_text()?;
        let (file, _) = super::buildpack::split(path);
        let Some(language) = Language::of(file) else {
            return at.field("entryfilePath").tell(entry.place, &BuildpackIssue::extension(path));
        };
        let at = &mut at.field(KEY);
        match language {
            Language::Node => NodeConfig::decode(tree, at).map(Self::Node),
            Language::Python => PythonConfig::decode(tree, at).map(Self::Python),
            Language::Java => JavaConfig::decode(tree, at).map(Self::Java),
            Language::Go => return at.tell(tree.place, &BuildpackIssue::language(language.as_str(), file, language)),
            Language::Ruby => RubyConfig::decode(tree, at).map(Self::Ruby),
            Language::Php => PhpConfig::decode(tree, at).map(Self::Php),
            Language::DotNet => DotNetConfig::decode(tree, at).map(Self::DotNet),
        }
        .map(Some)
    }
}

impl Serialize for LanguageConfig {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Node(config) => config.serialize(serializer),
            Self::Python(config) => config.serialize(serializer),
            Self::Java(config) => config.serialize(serializer),
            Self::Ruby(config) => config.serialize(serializer),
            Self::Php(config) => config.serialize(serializer),
            Self::DotNet(config) => config.serialize(serializer),
        }
    }
}

macro_rules! configs {
    ($($variant:ident: $($from:ty),+;)*) => {$($(
        impl From<$from> for LanguageConfig {
            fn from(config: $from) -> Self {
                Self::$variant(config.into())
            }
        }
    )+)*};
}

configs! {
    Node: NodeConfig, NodeConfigBuilder;
    Python: PythonConfig, super::python::PythonConfigBuilder;
    Java: JavaConfig, JavaConfigBuilder;
    Ruby: RubyConfig;
    Php: PhpConfig;
    DotNet: DotNetConfig, DotNetConfigBuilder;
}

/// Enums of words, as a document spells them.
macro_rules! choices {
    ($($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $text:literal,)+ })*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
        pub enum $name {
            $(#[doc = concat!("YAML: `", $text, "`.")] $(#[$of])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: [Self; [$($text),+].len()] = [$(Self::$variant),+];

            /// As YAML spells it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// The one of this spelling.
            #[allow(dead_code)] // not every enum is looked up
            pub(super) fn of(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.as_str() == word)
            }
        }

        $crate::document::words!($name);
    )*};
}

pub(super) use choices;

choices! {
    /// How a bundle of JavaScript is loaded. YAML: `outputModuleFormat`.
    ModuleFormat {
        CommonJs = "cjs",
        Esm = "esm",
    }

    /// A version of Java. YAML: `javaVersion`.
    JavaVersion {
        V8 = "8",
        V11 = "11",
        V17 = "17",
        V19 = "19",
        V21 = "21",
        V25 = "25",
    }

    /// A version of Ruby. YAML: `rubyVersion`.
    RubyVersion {
        V3_2 = "3.2",
        V3_3 = "3.3",
        V3_4 = "3.4",
        V4_0 = "4.0",
    }

    /// A version of PHP. YAML: `phpVersion`.
    PhpVersion {
        V8_2 = "8.2",
        V8_3 = "8.3",
        V8_4 = "8.4",
    }

    /// A version of .NET. YAML: `dotnetVersion`.
    DotNetVersion {
        V6 = "6",
        V8 = "8",
        V9 = "9",
        V10 = "10",
    }
}

/// How JavaScript and TypeScript are built: one file is bundled of the entry file and all that it imports. YAML:
/// `languageSpecificConfig` of such an entry file. Each change of it builds another image.
#[model]
pub struct NodeConfig {
    /// The `tsconfig.json`, relative to the project. YAML: `tsConfigPath`, default: the nearest one above each file.
    ts_config_path: Option<String>,
    /// Whether decorators tell the types of what they stand on, as `reflect-metadata` reads them. YAML:
    /// `emitTsDecoratorMetadata`, default `false`.
    emit_ts_decorator_metadata: bool,
    /// Packages that stay out of the bundle and are installed beside it, such as those that read files of their own. Packages with
    /// native parts are recognized without being named. YAML: `dependenciesToExcludeFromBundle`.
    #[each(dependency_to_exclude_from_bundle)]
    dependencies_to_exclude_from_bundle: Vec<String>,
    /// Packages that stay out of the image altogether. YAML: `dependenciesToExcludeFromDeploymentPackage`.
    #[each(dependency_to_exclude_from_deployment_package)]
    dependencies_to_exclude_from_deployment_package: Vec<String>,
    /// How the bundle is loaded. YAML: `outputModuleFormat`, default `esm` since Node.js 24, `cjs` before.
    output_module_format: Option<ModuleFormat>,
    /// The major version of Node.js: 16 to 24. YAML: `nodeVersion`, default 24.
    node_version: Option<u16>,
    /// Whether stack traces show lines of the bundle, and not of the sources. YAML: `disableSourceMaps`, default `false`.
    disable_source_maps: bool,
    /// A directory of the image where source maps lie, instead of beside the bundle, so that Node.js does not read them. YAML:
    /// `outputSourceMapsTo`.
    output_source_maps_to: Option<String>,
}

const NODE_VERSION_DEFAULT: u16 = 24;

impl NodeConfig {
    /// The major version of Node.js.
    pub fn version(&self) -> u16 {
        self.node_version.unwrap_or(NODE_VERSION_DEFAULT)
    }

    /// How the bundle is loaded.
    pub fn module_format(&self) -> ModuleFormat {
        let default = if self.version() >= 24 { ModuleFormat::Esm } else { ModuleFormat::CommonJs };
        self.output_module_format.unwrap_or(default)
    }
}

/// How Java is built: by Gradle, or by Maven. YAML: `languageSpecificConfig` of an entry file `.java`.
#[model]
pub struct JavaConfig {
    /// Whether Maven builds it. YAML: `useMaven`, default: where a `pom.xml` is nearer to the entry file than a Gradle file.
    use_maven: bool,
    /// The `build.gradle`, `build.gradle.kts` or `pom.xml`, relative to the project. YAML: `packageManagerFile`, default: the
    /// nearest one above the entry file.
    package_manager_file: Option<String>,
    /// The version of Java. YAML: `javaVersion`, default `11`.
    java_version: Option<JavaVersion>,
}

impl JavaConfig {
    /// The version of Java.
    pub fn version(&self) -> JavaVersion {
        self.java_version.unwrap_or(JavaVersion::V11)
    }
}

/// How Ruby is built. YAML: `languageSpecificConfig` of an entry file `.rb`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Keyed)]
pub struct RubyConfig {
    /// The version of Ruby. YAML: `rubyVersion`, default `3.3`.
    pub ruby_version: Option<RubyVersion>,
}

impl RubyConfig {
    /// With this version of Ruby. YAML: `rubyVersion`.
    pub const fn version(version: RubyVersion) -> Self {
        Self { ruby_version: Some(version) }
    }
}

/// How PHP is built. YAML: `languageSpecificConfig` of an entry file `.php`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Keyed)]
pub struct PhpConfig {
    /// The version of PHP. YAML: `phpVersion`, default `8.3`.
    pub php_version: Option<PhpVersion>,
}

impl PhpConfig {
    /// With this version of PHP. YAML: `phpVersion`.
    pub const fn version(version: PhpVersion) -> Self {
        Self { php_version: Some(version) }
    }
}

/// How .NET is built. YAML: `languageSpecificConfig` of an entry file `.cs` or `.csproj`.
#[model]
pub struct DotNetConfig {
    /// The `.csproj`, relative to the project. YAML: `projectFile`, default: the entry file where it is one, or else the nearest one
    /// above it.
    project_file: Option<String>,
    /// The version of .NET. YAML: `dotnetVersion`, default `8`.
    dotnet_version: Option<DotNetVersion>,
}

impl DotNetConfig {
    /// The version of .NET.
    pub fn version(&self) -> DotNetVersion {
        self.dotnet_version.unwrap_or(DotNetVersion::V8)
    }
}
