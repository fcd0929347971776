using Quantizer.Pictures;

namespace Quantizer.Core.Tests.Pictures;

public sealed class PictureResizeTests
{
    /// <summary>References: <c>Image.fromarray(a).resize((w, h), filter).tobytes()</c> and <c>cv2.resize(a, (w, h),
    /// interpolation=cv2.INTER_LINEAR)</c>.</summary>
    [Theory]
    [InlineData(Interpolation.PillowBilinear, 40, 30, 3, 17, 13, "c8aa7aec8477ab34")]
    [InlineData(Interpolation.PillowBicubic, 40, 30, 3, 17, 13, "e4c51d680c8e513e")]
    [InlineData(Interpolation.PillowBox, 40, 30, 3, 17, 13, "93d9683b682c7c18")]
    [InlineData(Interpolation.PillowLanczos, 40, 30, 3, 17, 13, "36f914c840d040dc")]
    [InlineData(Interpolation.OpenCvLinear, 40, 30, 3, 17, 13, "909b8e726e1713a7")]
    [InlineData(Interpolation.PillowBilinear, 40, 30, 1, 17, 13, "ec5357376bfe1584")]
    [InlineData(Interpolation.PillowBicubic, 40, 30, 1, 17, 13, "9a6e341e6e52110c")]
    [InlineData(Interpolation.PillowBox, 40, 30, 1, 17, 13, "afd02a2458d858ae")]
    [InlineData(Interpolation.PillowLanczos, 40, 30, 1, 17, 13, "17ce805df1110e0e")]
    [InlineData(Interpolation.OpenCvLinear, 40, 30, 1, 17, 13, "546aa0efeb479fa1")]
    [InlineData(Interpolation.PillowBilinear, 23, 41, 3, 64, 50, "652c3332da664dd0")]
    [InlineData(Interpolation.PillowBicubic, 23, 41, 3, 64, 50, "0841241c40ed6693")]
    [InlineData(Interpolation.PillowBox, 23, 41, 3, 64, 50, "68f79061b3dafcff")]
    [InlineData(Interpolation.PillowLanczos, 23, 41, 3, 64, 50, "a8c4020ca1ffe219")]
    [InlineData(Interpolation.OpenCvLinear, 23, 41, 3, 64, 50, "e95bf98318cff8d5")]
    [InlineData(Interpolation.PillowBilinear, 23, 41, 1, 64, 50, "c05929a35890658b")]
    [InlineData(Interpolation.PillowBicubic, 23, 41, 1, 64, 50, "a900eef5872febd4")]
    [InlineData(Interpolation.PillowBox, 23, 41, 1, 64, 50, "df262b69c3d35eeb")]
    [InlineData(Interpolation.PillowLanczos, 23, 41, 1, 64, 50, "90419ebde00f16c1")]
    [InlineData(Interpolation.OpenCvLinear, 23, 41, 1, 64, 50, "da21bcb3df05489a")]
    [InlineData(Interpolation.PillowBilinear, 31, 31, 3, 31, 12, "abebe62de2de99f8")]
    [InlineData(Interpolation.PillowBicubic, 31, 31, 3, 31, 12, "5c442e2efced9c87")]
    [InlineData(Interpolation.PillowBox, 31, 31, 3, 31, 12, "5f6429ba66709115")]
    [InlineData(Interpolation.PillowLanczos, 31, 31, 3, 31, 12, "0fcf5f02814f74fc")]
    [InlineData(Interpolation.OpenCvLinear, 31, 31, 3, 31, 12, "b100fca6190043fd")]
    [InlineData(Interpolation.PillowBilinear, 31, 31, 1, 31, 12, "8ae2a9e0700bf9e1")]
    [InlineData(Interpolation.PillowBicubic, 31, 31, 1, 31, 12, "3c78ceb1636a4ad6")]
    [InlineData(Interpolation.PillowBox, 31, 31, 1, 31, 12, "fa4e520caa72695c")]
    [InlineData(Interpolation.PillowLanczos, 31, 31, 1, 31, 12, "c6e202629ccf444f")]
    [InlineData(Interpolation.OpenCvLinear, 31, 31, 1, 31, 12, "e6fec4f968483c53")]
    [InlineData(Interpolation.PillowBilinear, 50, 20, 3, 10, 20, "6029f09ba21a4b0d")]
    [InlineData(Interpolation.PillowBicubic, 50, 20, 3, 10, 20, "eb0dd634242a6338")]
    [InlineData(Interpolation.PillowBox, 50, 20, 3, 10, 20, "182ff75b76485cbd")]
    [InlineData(Interpolation.PillowLanczos, 50, 20, 3, 10, 20, "d45f466bd6693a2c")]
    [InlineData(Interpolation.OpenCvLinear, 50, 20, 3, 10, 20, "9c2c6f4325d52f43")]
    [InlineData(Interpolation.PillowBilinear, 50, 20, 1, 10, 20, "3a85ea5cae54a085")]
    [InlineData(Interpolation.PillowBicubic, 50, 20, 1, 10, 20, "7ea34e93c5d6a326")]
    [InlineData(Interpolation.PillowBox, 50, 20, 1, 10, 20, "3fe270299997f753")]
    [InlineData(Interpolation.PillowLanczos, 50, 20, 1, 10, 20, "275d5ed36228f148")]
    [InlineData(Interpolation.OpenCvLinear, 50, 20, 1, 10, 20, "4ea81a64bba894f7")]
    [InlineData(Interpolation.PillowBilinear, 64, 48, 3, 32, 24, "790d873dc17423ef")]
    [InlineData(Interpolation.PillowBicubic, 64, 48, 3, 32, 24, "a68915e8c10011be")]
    [InlineData(Interpolation.PillowBox, 64, 48, 3, 32, 24, "cbe6f58d2705adbc")]
    [InlineData(Interpolation.PillowLanczos, 64, 48, 3, 32, 24, "ced3f8d75f9b6a6a")]
    [InlineData(Interpolation.OpenCvLinear, 64, 48, 3, 32, 24, "8d252c17a14c49af")]
    [InlineData(Interpolation.PillowBilinear, 64, 48, 1, 32, 24, "6fb61cd3c19e6685")]
    [InlineData(Interpolation.PillowBicubic, 64, 48, 1, 32, 24, "74af8b40ad88f6c0")]
    [InlineData(Interpolation.PillowBox, 64, 48, 1, 32, 24, "9b8c21282639fb80")]
    [InlineData(Interpolation.PillowLanczos, 64, 48, 1, 32, 24, "3d091d7faff51b3b")]
    [InlineData(Interpolation.OpenCvLinear, 64, 48, 1, 32, 24, "8cd1b3ad21dfbb06")]
    [InlineData(Interpolation.PillowBilinear, 3, 2, 3, 9, 7, "feb153412c83c225")]
    [InlineData(Interpolation.PillowBicubic, 3, 2, 3, 9, 7, "9489dab76ff229eb")]
    [InlineData(Interpolation.PillowBox, 3, 2, 3, 9, 7, "e924f7b04e8af3fc")]
    [InlineData(Interpolation.PillowLanczos, 3, 2, 3, 9, 7, "372d16c13838750d")]
    [InlineData(Interpolation.OpenCvLinear, 3, 2, 3, 9, 7, "7713ded78012e01e")]
    [InlineData(Interpolation.PillowBilinear, 3, 2, 1, 9, 7, "7d82dd96d4202905")]
    [InlineData(Interpolation.PillowBicubic, 3, 2, 1, 9, 7, "aeea9955742c4315")]
    [InlineData(Interpolation.PillowBox, 3, 2, 1, 9, 7, "b57d2277ed12ddbe")]
    [InlineData(Interpolation.PillowLanczos, 3, 2, 1, 9, 7, "a66930861b620375")]
    [InlineData(Interpolation.OpenCvLinear, 3, 2, 1, 9, 7, "696369e3de4613a2")]
    [InlineData(Interpolation.PillowBilinear, 1, 5, 3, 4, 3, "aa9c396087237c6c")]
    [InlineData(Interpolation.PillowBicubic, 1, 5, 3, 4, 3, "c7257630c99e51c3")]
    [InlineData(Interpolation.PillowBox, 1, 5, 3, 4, 3, "7378e6d7c4b6a079")]
    [InlineData(Interpolation.PillowLanczos, 1, 5, 3, 4, 3, "5324e563962f9c81")]
    [InlineData(Interpolation.OpenCvLinear, 1, 5, 3, 4, 3, "855143ec0a68caa2")]
    [InlineData(Interpolation.PillowBilinear, 1, 5, 1, 4, 3, "cad6f21f8431d226")]
    [InlineData(Interpolation.PillowBicubic, 1, 5, 1, 4, 3, "2373fa69ed3a9f8c")]
    [InlineData(Interpolation.PillowBox, 1, 5, 1, 4, 3, "a26ea8ee66717b5d")]
    [InlineData(Interpolation.PillowLanczos, 1, 5, 1, 4, 3, "6f3ad59c7e01571d")]
    [InlineData(Interpolation.OpenCvLinear, 1, 5, 1, 4, 3, "17e449b28dcc2dea")]
    public void Every_interpolation_equals_its_library_bit_for_bit(
        Interpolation interpolation,
        int width,
        int height,
        int channels,
        int targetWidth,
        int targetHeight,
        string expected
    )
    {
        Pixels resized = PictureResize.To(DrawnPicture.Of(width, height, channels), targetWidth, targetHeight, interpolation);

        Assert.Equal((targetWidth, targetHeight, channels), (resized.Width, resized.Height, resized.Channels));
        Assert.Equal(expected, DrawnPicture.Hash(resized));
    }

    [Fact]
    public void The_drawn_picture_is_the_one_that_the_references_were_made_from()
    {
        // Pillow: Image.fromarray(a).resize((17, 13), Image.BILINEAR).tobytes()[:6]
        Pixels resized = PictureResize.To(DrawnPicture.Of(40, 30, 3), 17, 13, Interpolation.PillowBilinear);

        Assert.Equal("3054a23e74b1", Convert.ToHexStringLower(resized.Data.AsSpan(0, 6)));
    }

    [Fact]
    public void Halving_two_values_by_Pillow_takes_a_window_of_all_and_by_OpenCV_their_mean()
    {
        Pixels four = new(4, 1, 1, [0, 100, 200, 40]);

        // Bilinear, scale 2: weights at distances 0.75, 0.25, 0.25, 0.75 of the widened triangle: 1, 3, 3, 1 (cut off at the border).
        // Left: (3*0 + 3*100 + 1*200) / 7 = 71.4; right: (1*100 + 3*200 + 3*40) / 7 = 117.1.
        Assert.Equal([71, 117], PictureResize.To(four, 2, 1, Interpolation.PillowBilinear).Data);
        Assert.Equal([50, 120], PictureResize.To(four, 2, 1, Interpolation.OpenCvLinear).Data);
        Assert.Equal([50, 120], PictureResize.To(four, 2, 1, Interpolation.PillowBox).Data);
    }

    [Fact]
    public void A_picture_of_the_right_size_is_not_touched()
    {
        Pixels picture = DrawnPicture.Of(9, 8, 3);

        foreach (Interpolation interpolation in Enum.GetValues<Interpolation>())
            Assert.Same(picture, PictureResize.To(picture, 9, 8, interpolation));
    }

    [Fact]
    public void Luma_equals_Pillows()
    {
        // Image.fromarray(a).convert('L').tobytes()
        Pixels gray = DrawnPicture.Of(40, 30, 3).ToGray();

        Assert.Equal(1, gray.Channels);
        Assert.Equal("d1bfc35de26d0825", DrawnPicture.Hash(gray));
        Assert.Equal([76, 150, 29, 255], new Pixels(4, 1, 3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]).ToGray().Data);
    }
}
