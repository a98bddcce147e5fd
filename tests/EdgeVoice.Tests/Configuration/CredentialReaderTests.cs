using System.Runtime.Versioning;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

[UnsupportedOSPlatform("windows")]
public sealed class CredentialReaderTests : IDisposable
{
    private const string Key = "sk-proj-abcdefghijklmnopqrstuvwxyz";
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Owner)]
    [InlineData(UnixFileMode.UserRead)]
    [InlineData(Owner | UnixFileMode.GroupRead)]
    public void Read_FileOfTheRightMode_IsTrimmedAndHidden(UnixFileMode mode)
    {
        var result = CredentialReader.Read(new CredentialOptions { File = KeyFile($" {Key}\r\n", mode) });

        Assert.Null(result.Error);
        Assert.Equal(Key, result.Secret!.Reveal());
        Assert.DoesNotContain(Key, result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Owner | UnixFileMode.OtherRead, "604")]
    [InlineData(Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead, "644")]
    [InlineData(Owner | UnixFileMode.GroupWrite, "620")]
    [InlineData(Owner | UnixFileMode.OtherWrite, "602")]
    public void Read_FileOthersCanReadOrWrite_IsRefusedWithTheRemedy(UnixFileMode mode, string shown)
    {
        var path = KeyFile(Key, mode);

        var result = CredentialReader.Read(new CredentialOptions { File = path });

        Assert.Null(result.Secret);
        Assert.Equal($"credential {path}: has mode {shown}; nobody else may read it and only its owner write it: chmod 640", result.Error);
    }

    [Fact]
    public void Read_ModeOfALinkedFile_IsThatOfTheTarget()
    {
        File.CreateSymbolicLink(_folder["link"], KeyFile(Key, Owner | UnixFileMode.OtherRead));

        Assert.Contains("has mode 604", CredentialReader.Read(new CredentialOptions { File = _folder["link"] }).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SystemdCredential_ComesFromItsDirectory()
    {
        KeyFile(Key, Owner | UnixFileMode.GroupRead);
        var result = CredentialReader.Read(new CredentialOptions { Systemd = "key" }, Variables(("CREDENTIALS_DIRECTORY", _folder.Path)));

        Assert.Equal(Key, result.Secret?.Reveal());
    }

    [Fact]
    public void Read_SystemdCredentialOutsideSystemd_SaysWhatToDo() => Assert.Equal(
        "systemd credential key: CREDENTIALS_DIRECTORY is not set; start as a service with LoadCredential=key:PATH, or use \"file\"",
        CredentialReader.Read(new CredentialOptions { Systemd = "key" }, Variables()).Error);

    [Fact]
    public void Read_EnvironmentVariable_IsTrimmed() => Assert.Equal(
        Key,
        CredentialReader.Read(new CredentialOptions { Environment = "API_KEY" }, Variables(("API_KEY", Key + "\n"))).Secret?.Reveal());

    [Fact]
    public void Read_EnvironmentVariableNotSet_SaysSo() => Assert.StartsWith(
        "environment variable API_KEY: is not set; ",
        CredentialReader.Read(new CredentialOptions { Environment = "API_KEY" }, Variables()).Error,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("   \n", "is empty; write the API key into it")]
    [InlineData("sk-one\r\nX-Header: two", "holds more than one word of plain ASCII; it must hold the API key and nothing else")]
    [InlineData("clé", "holds more than one word of plain ASCII; it must hold the API key and nothing else")]
    public void Read_TextThatIsNoKey_IsRefusedAndNotShown(string text, string reason)
    {
        var path = KeyFile(text, Owner);

        Assert.Equal($"credential {path}: {reason}", CredentialReader.Read(new CredentialOptions { File = path }).Error);
    }

    [Fact]
    public void Read_FileOverTheLimit_IsRefused()
    {
        var path = KeyFile(new string('k', CredentialReader.MaxBytes + 1), Owner);

        Assert.Equal($"credential {path}: is larger than 64 KiB", CredentialReader.Read(new CredentialOptions { File = path }).Error);
    }

    [Fact]
    public void Read_DirectoryOrMissingFile_IsOneLine()
    {
        Assert.Equal($"credential {_folder.Path}: is a directory; name a file in it", CredentialReader.Read(new CredentialOptions { File = _folder.Path }).Error);
        Assert.StartsWith($"credential {_folder["no"]}: no such file", CredentialReader.Read(new CredentialOptions { File = _folder["no"] }).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Key)]
    [InlineData("sk-short")]
    [InlineData("Bearer abc")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE")]
    public void Read_KeyInPlaceOfAName_IsRefusedWithTheRemedyAndNotShown(string key)
    {
        CredentialOptions[] places = [new() { Systemd = key }, new() { File = key }, new() { Environment = key }];
        foreach (var error in places.Select(place => CredentialReader.Read(place, Variables()).Error!))
        {
            Assert.DoesNotContain(key, error, StringComparison.Ordinal);
            Assert.EndsWith(SecretShape.Remedy, error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("../key")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a\nb")]
    public void Read_SystemdNameThatIsAPath_IsRefused(string name) => Assert.Contains(
        "the name of a systemd credential",
        CredentialReader.Read(new CredentialOptions { Systemd = name }, Variables(("CREDENTIALS_DIRECTORY", _folder.Path))).Error,
        StringComparison.Ordinal);

    [Fact]
    public void Read_NoneOrTwo_IsRefused()
    {
        Assert.StartsWith("realtime.credential: found none of them; allowed: exactly one", CredentialReader.Read(new CredentialOptions()).Error, StringComparison.Ordinal);
        Assert.StartsWith(
            "realtime.credential: found 2 of them; allowed: exactly one",
            CredentialReader.Read(new CredentialOptions { Environment = "A", File = "/b" }).Error,
            StringComparison.Ordinal);
    }

    private string KeyFile(string text, UnixFileMode mode)
    {
        var path = _folder.Write("key", text);
        File.SetUnixFileMode(path, mode);
        return path;
    }

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
