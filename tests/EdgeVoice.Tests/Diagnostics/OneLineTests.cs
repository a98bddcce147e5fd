using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Tests.Diagnostics;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("wss://a: down, request req_8f3 (HTTP 503)", "wss://a: down, request req_99 (HTTP 500)", true)]
    [InlineData("wss://a: refused", "wss://a: reset", false)]
    [InlineData("", "", true)]
    public void KindOf_TextsThatDifferInNumbers_IsTheSame(string one, string other, bool same) =>
        Assert.Equal(same, OneLine.KindOf(one) == OneLine.KindOf(other));

    // OpenAI shortens the key in its refusals; other servers repeat it whole.
    [Theory]
    [InlineData("Incorrect API key provided: sk-proj-0123456789abcdefXYZ. Check it.", "Incorrect API key provided: (a key, not shown). Check it.")]
    [InlineData("header was 'Bearer sk-0123456789abcdef0123'", "header was '(a key, not shown)'")]
    [InlineData("the task-force sk-short", "the task-force sk-short")]
    public void Of_KeyThatAServerRepeats_IsLeftOut(string said, string shown) => Assert.Equal(shown, OneLine.Of(said));

    [Fact]
    public void Of_KeyAcrossTheCut_IsLeftOut() =>
        Assert.DoesNotContain("sk-", OneLine.Of(new string('x', OneLine.MaxLength - 6) + " sk-0123456789abcdef0123456789"), StringComparison.Ordinal);
}
